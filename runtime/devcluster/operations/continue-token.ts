import { isRecord, parseJson } from "#kernel/json-value.ts";
import { badRequest } from "./api-errors.ts";

/** Where the next page begins. Opaque to clients. */
export interface ContinueToken {
  /** Of the first page; `undefined`: whatever is so now. */
  readonly revision: number | undefined;
  /** The last key of the page before. */
  readonly after: string;
}

export function formatContinueToken({ revision, after }: ContinueToken): string {
  const fields = { v: "meta.k8s.io/v1", rv: revision ?? -1, start: `${after}\u0000` };
  return Buffer.from(JSON.stringify(fields)).toString("base64url");
}

/** Throws 400 for anything that this server did not write. */
export function readContinueToken(text: string): ContinueToken {
  const fields = parseJson(Buffer.from(text, "base64url").toString("utf8"));
  if (!isRecord(fields) || typeof fields["rv"] !== "number" || typeof fields["start"] !== "string")
    throw badRequest("continue key is not valid: unable to decode token");
  const revision = fields["rv"];
  return { revision: revision === -1 ? undefined : revision, after: fields["start"].replace(/\u0000$/, "") };
}
