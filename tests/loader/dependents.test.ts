import assert from "node:assert/strict";
import type { Metafile } from "esbuild";
import { test } from "node:test";
import { importChain, inputsOf } from "#loader/build/dependents.ts";

/** Name to the names that it imports. */
function metafile(imports: Readonly<Record<string, readonly string[]>>): Metafile {
  const inputs = Object.entries(imports).map(([name, paths]) => [
    name,
    { bytes: 1, imports: paths.map((path) => ({ path, kind: "import-statement" as const })) },
  ]);
  return { inputs: Object.fromEntries(inputs), outputs: {} };
}

const SHARED = metafile({ "a.ts": ["_x.ts"], "b.ts": ["_y.ts"], "_x.ts": ["_y.ts", "_x.ts"], "_y.ts": ["_x.ts"] });

test("inputs of a handler are what it reaches, however the imports go round", () => {
  assert.deepEqual([...inputsOf("a.ts", SHARED)].sort(), ["_x.ts", "_y.ts", "a.ts"]);
  assert.deepEqual([...inputsOf("b.ts", SHARED)].sort(), ["_x.ts", "_y.ts", "b.ts"]);
});

test("import chain is the shortest way to an input", () => {
  assert.deepEqual(importChain("b.ts", "_x.ts", SHARED), ["b.ts", "_y.ts", "_x.ts"]);
  assert.deepEqual(importChain("a.ts", "a.ts", SHARED), ["a.ts"]);
});
