import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { test } from "node:test";
import { handlerIdOf, isHandlerFile, listHandlerFiles, listingOf } from "#loader/directory/handler-files.ts";
import { handlersFolder } from "../support/handlers-folder.ts";

test("handler file is any source that is no declaration, no test and not hidden by its name", () => {
  for (const file of ["pod-added.ts", "a.mts", "a.js", "a.mjs", "deep/er/a.ts", "test.ts", "d.ts"]) {
    assert.equal(isHandlerFile(file), true, file);
  }
  for (const file of ["_a.ts", ".a.ts", "_lib/a.ts", ".git/a.ts", "a.d.ts", "a.d.mts", "a.test.ts", "x/a.test.mjs"]) {
    assert.equal(isHandlerFile(file), false, file);
  }
  for (const file of ["a.tsx", "a.cjs", "a.cts", "a.json", "README.md", "node_modules/p/a.js"]) {
    assert.equal(isHandlerFile(file), false, file);
  }
});

test("handler's id is its path without extension", () => {
  assert.equal(handlerIdOf("billing/invoice-paid.ts"), "billing/invoice-paid");
  assert.equal(handlerIdOf("certificate.cert-manager.io-added.mjs"), "certificate.cert-manager.io-added");
});

test("handler files are listed at any depth, sorted, links to files included", async (context) => {
  const folder = handlersFolder(context, { "b.ts": "", "a/c.ts": "", "_shared.ts": "", "../elsewhere.ts": "" });
  symlinkSync("../elsewhere.ts", folder.path("linked.ts"));
  symlinkSync("nowhere.ts", folder.path("dangling.ts"));
  assert.deepEqual(await listHandlerFiles(folder.root), { files: ["a/c.ts", "b.ts", "linked.ts"], conflicts: [] });
});

test("files of one id are a conflict that names them all, and none of them is listed", async (context) => {
  const { root } = handlersFolder(context, { "pod-added.ts": "", "pod-added.js": "", "other.ts": "" });
  assert.deepEqual(await listHandlerFiles(root), {
    files: ["other.ts"],
    conflicts: [{ handler: "pod-added", files: ["pod-added.js", "pod-added.ts"] }],
  });
});

test("files that are known by name are listed as those of a directory", async (context) => {
  const names = ["b.ts", "a/c.ts", "a/_d.ts", "_lib/e.ts", "x/node_modules/p.js", "pod.ts", "pod.mjs", "README.md"];
  const { root } = handlersFolder(context, Object.fromEntries(names.map((name) => [name, ""])));
  assert.deepEqual(listingOf(names), await listHandlerFiles(root));
});
