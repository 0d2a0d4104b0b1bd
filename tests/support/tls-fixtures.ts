import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "..", "fixtures", "tls");

/** A file of `tests/fixtures/tls`, as PEM. */
export function tlsFixture(name: string): string {
  return readFileSync(join(FOLDER, name), "utf8");
}
