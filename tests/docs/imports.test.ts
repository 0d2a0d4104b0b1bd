import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { importsDocument } from "../imports/imports-table.ts";
import { PACKAGES } from "../imports/packages.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const VERSIONS: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(ROOT, "tests", "imports", "versions", "package.json"), "utf8"),
);

test("docs/imports.md has a row for every package that is tried, in the version that is installed for it", () => {
  const text = readFileSync(join(ROOT, "docs", "imports.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(\S+)` \| (\S+) \|/gm)].map(([, name = "", version = ""]) => [name, version]);
  assert.deepEqual(
    rows,
    PACKAGES.map(({ name }) => [name, VERSIONS.dependencies[name]]),
  );
  assert.deepEqual(new Set(Object.keys(VERSIONS.dependencies)), new Set(PACKAGES.map(({ name }) => name)));
});

test("table of packages says for each whether it works, in which engine, and else why not", () => {
  const use = { name: "a", code: "", result: 1, note: "see b" };
  const works = { type: "works" } as const;
  const fails = {
    type: "fails",
    reason: 'TypeError: Proxy is not a constructor; option engine: "process" allows it',
  } as const;
  const trials = [
    { type: "built", bytes: 2048, vm2: works, process: works },
    { type: "built", bytes: 2049, vm2: fails, process: works },
    { type: "built", bytes: 1, vm2: fails, process: fails },
    { type: "unbuilt", reason: 'Cannot import "fs" in a handler (imported by "a.js"): use the context\'s state' },
  ] as const;
  const text = importsDocument(trials.map((trial) => ({ use, version: "1.0.0", trial })));
  assert.deepEqual(text.match(/^\| `a`.*$/gm), [
    "| `a` | 1.0.0 | 2 KiB | yes | see b |",
    '| `a` | 1.0.0 | 3 KiB | `engine: "process"` | with vm2: TypeError: Proxy is not a constructor; see b |',
    "| `a` | 1.0.0 | 1 KiB | no | TypeError: Proxy is not a constructor; see b |",
    "| `a` | 1.0.0 |  | no | it imports `fs`; see b |",
  ]);
});
