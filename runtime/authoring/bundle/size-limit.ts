import type { BundledFile } from "./bundled-file.ts";

/** The API server refuses a ConfigMap with more data (core validation: `MaxSecretSize`). Keys are counted here too. */
export const MAX_BYTES = 1024 * 1024;

export function bytesOf(files: readonly Pick<BundledFile, "bytes">[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
