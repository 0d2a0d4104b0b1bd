import { request } from "node:https";
import { text } from "node:stream/consumers";

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** @default application/json */
  readonly contentType?: string;
  /** Codes that are an answer too. Others that are not 2xx reject. */
  readonly expected?: readonly number[];
}

export interface Answer {
  readonly code: number;
  /** Text unless it is JSON. */
  readonly body: unknown;
}

export type Ask = (question: Question) => Promise<Answer>;

export interface AdminClientOptions {
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  readonly token: string;
}

/** So that faults can be planned for everybody else. */
export const ADMIN_USER_AGENT = "test-admin";

/** Asks an API server as its administrator, on a connection of its own each time: servers come and go in tests. */
export function createAdminClient({ url, ca, token }: AdminClientOptions): Ask {
  return ({ method, path, body, contentType = "application/json", expected = [] }) =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? "" : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        "user-agent": ADMIN_USER_AGENT,
        ...(sent !== "" && { "content-type": contentType, "content-length": Buffer.byteLength(sent) }),
      };
      request(new URL(path, url), { method, headers, ca, agent: false }, (response) => {
        text(response).then((answered) => {
          const { statusCode: code = 0, headers } = response;
          if ((code >= 200 && code < 300) || expected.includes(code))
            resolve({ code, body: headers["content-type"]?.includes("json") ? JSON.parse(answered) : answered });
          else reject(new Error(`${method} ${path}: ${code} ${answered}`));
        }, reject);
      })
        .once("error", reject)
        .end(sent);
    });
}
