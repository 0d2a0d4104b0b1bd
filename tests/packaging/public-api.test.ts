import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseSync } from "oxc-parser";

const RUNTIME = join(import.meta.dirname, "..", "..", "runtime");

/** The names that a file exports; `*` for all of another file. */
function exportsOf(file: string): string[] {
  const { module } = parseSync(file, readFileSync(join(RUNTIME, file), "utf8"));
  return module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName.name ?? "*"));
}

test("whatever a handler can import in its sandbox, an editor and a program can import from the package too", () => {
  const published = new Set(exportsOf("index.ts"));
  assert.deepEqual(
    exportsOf("handler-api/index.ts").filter((name) => !published.has(name)),
    [],
  );
});
