import { isRecord, parseJson } from "#kernel/json-value.ts";
import { badRequest } from "../api-errors.ts";

/** Where the next page begins. Opaque to clients. */
export interface ContinueToken {
  /** Of the first page; `undefined`: whatever is so now. */
  readonly revision: number | undefined;
  /** The last key of the page before. */
  readonly after: string;
}

/** Stands for no revision. */
const INCONSISTENT = -1;

export function formatContinueToken({ revision = INCONSISTENT, after }: ContinueToken): string {
  const fields = { v: "meta.k8s.io/v1", rv: revision, start: `/${after}\u0000` };
  return Buffer.from(JSON.stringify(fields)).toString("base64url");
}

/** Throws 400 for what is no token. */
export function readContinueToken(text: string): ContinueToken {
  const fields = parseJson(Buffer.from(text, "base64url").toString("utf8"));
  if (!isRecord(fields)) throw invalid("unable to decode token");
  const { v: version, rv: revision, start } = fields;
  if (version !== "meta.k8s.io/v1") throw invalid(`server does not recognize this encoded version ${String(version)}`);
  if (revision === 0 || !Number.isInteger(revision))
    throw invalid(`incorrect encoded start resourceVersion (version ${version})`);
  if (typeof start !== "string" || start === "") throw invalid(`encoded start key empty (version ${version})`);
  return {
    revision: typeof revision === "number" && revision > 0 ? revision : undefined,
    after: start.replace(/^\//, "").split("\u0000", 1).join(),
  };
}

function invalid(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid: ${why}`);
}
