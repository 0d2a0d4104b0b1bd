import type { ObjectStore } from "../../storage/object-store.ts";
import { StatusError } from "../../api-status.ts";

/** The number that a request's `resourceVersion` stands for; 0 if it says none. Throws 500, as the real server does. */
export function parseResourceVersion(text: string): number {
  if (text === "") return 0;
  if (!isRevision(text)) throw new StatusError(500, "", invalidRevision(text));
  return Number(text);
}

/** The same of an object that is written: its storage finds what is no number, and says less. */
export function writtenRevision(text = ""): number {
  if (text !== "" && !isRevision(text)) throw new StatusError(500, "", notANumber(text));
  return Number(text);
}

/** Why it is no number, in the words of the server. */
export function invalidRevision(text: string): string {
  return `resourceVersion: Invalid value: "${text}": ${notANumber(text)}`;
}

function notANumber(text: string): string {
  return `strconv.ParseUint: parsing "${text}": invalid syntax`;
}

export function isRevision(text: string): boolean {
  return /^\d+$/.test(text);
}

/** Throws 504 for a revision that is still to come. */
export function requireReached(revision: number, { revision: current }: Pick<ObjectStore, "revision">): void {
  if (revision > current) throw tooLarge(revision, current);
}

export function tooLarge(revision: number, current: number): StatusError {
  return new StatusError(504, "Timeout", `Timeout: Too large resource version: ${revision}, current: ${current}`, {
    causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
    retryAfterSeconds: 1,
  });
}
