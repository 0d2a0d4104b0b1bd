import { createHash } from "node:crypto";

/** 12 hexadecimal digits: enough to tell versions of one directory apart, short enough to read in a log. */
export function contentHash(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 12);
}
