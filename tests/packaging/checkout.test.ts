import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

test("the checkout itself cannot be published: its package is the one that npm run build stages", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8");
  assert.equal((JSON.parse(text) as { readonly private?: boolean }).private, true);
});
