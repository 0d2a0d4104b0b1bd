import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");
const TEXT = textOf("guarantees.md");
const PROOFS = proofsIn("guarantees.md");

function textOf(document: string): string {
  return readFileSync(join(ROOT, "docs", document), "utf8");
}

/** "- `tests/…`: title" */
function proofsIn(document: string): readonly { readonly file: string; readonly title: string }[] {
  const proofs = [...textOf(document).matchAll(/^- `(tests\/[^`]+)`: (.+)$/gm)];
  return proofs.map(([, file = "", title = ""]) => ({ file, title }));
}

test("every guarantee names a test", () => {
  const guarantees = TEXT.split(/^\*\*(?=\d\.)/m).slice(1);
  assert.equal(guarantees.length, 8);
  assert.deepEqual(
    guarantees.filter((one) => !/^- `tests\//m.test(one)),
    [],
  );
});

test("the tests that guarantees and security.md name are there, by file and title", () => {
  const missing = [...PROOFS, ...proofsIn("security.md")].filter(
    ({ file, title }) => !readFileSync(join(ROOT, file), "utf8").includes(`"${title}"`),
  );
  assert.deepEqual(missing, []);
});

test("neither names a test twice under one claim", () => {
  const twice = ["guarantees.md", "security.md"].flatMap((document) =>
    textOf(document)
      .split(/^(?=\*\*|#)/m)
      .flatMap((claim) => claim.match(/^- `tests\/.+$/gm) ?? [])
      .filter((proof, at, all) => all.indexOf(proof) !== at),
  );
  assert.deepEqual(twice, []);
});
