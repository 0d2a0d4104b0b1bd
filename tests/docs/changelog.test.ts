import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");
const SECTIONS = new Set(["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]);

test("the changelog's newest version is that of the package, each dated or unreleased, with the sections of its form", () => {
  const text = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly version: string };
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);
  assert.ok(headings[0]?.startsWith(`[${version}] - `));
  for (const heading of headings) assert.match(heading, /^\[\d+\.\d+\.\d+\] - (unreleased|\d{4}-\d\d-\d\d)$/);
  for (const [, section = ""] of text.matchAll(/^### (.+)$/gm)) assert.ok(SECTIONS.has(section), section);
});
