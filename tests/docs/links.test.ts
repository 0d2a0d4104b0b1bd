import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");

test("links in the documents lead to files that are there", () => {
  const dead = globSync(["*.md", "docs/*.md", "examples/*.md"], { cwd: ROOT }).flatMap((file) =>
    linksOf(file)
      .filter((target) => !existsSync(join(ROOT, dirname(file), target)))
      .map((target) => `${file} → ${target}`),
  );
  assert.deepEqual(dead, []);
});

/** Without those to other sites. */
function linksOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, target = ""]) => target);
}
