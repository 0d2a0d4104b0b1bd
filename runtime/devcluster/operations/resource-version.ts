import type { ObjectStore } from "../storage/object-store.ts";
import { StatusError } from "../api-status.ts";
import { badRequest } from "./api-errors.ts";

/** The revision that a request names. Throws 400 if it is no number, and 504 if it is in the future. */
export function requestedRevision(text: string, { revision: current }: Pick<ObjectStore, "revision">): number {
  if (!/^\d+$/.test(text))
    throw badRequest(`Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  const revision = Number(text);
  if (revision > current) throw tooLarge(revision, current);
  return revision;
}

function tooLarge(revision: number, current: number): StatusError {
  const message = `Too large resource version: ${revision}, current: ${current}`;
  return new StatusError(504, "Timeout", `Timeout: ${message}`, {
    causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
    retryAfterSeconds: 1,
  });
}
