/** What a path answers. */
export interface Answer {
  readonly status: 200 | 503;
  readonly contentType: string;
  readonly body: string;
}

/** Asked for each GET and HEAD. */
export type Endpoint = () => Answer | Promise<Answer>;

/** By path: `/healthz`. */
export type Endpoints = ReadonlyMap<string, Endpoint>;

export const JSON_TYPE = "application/json; charset=utf-8";

export function jsonAnswer(status: Answer["status"], document: object): Answer {
  return { status, contentType: JSON_TYPE, body: jsonText(document) };
}

/** For people with `curl`, too. */
export function jsonText(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
