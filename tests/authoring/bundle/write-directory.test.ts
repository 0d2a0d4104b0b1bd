import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { writeDirectory } from "#authoring/bundle/write-directory.ts";
import type { BundledFile } from "#authoring/bundle/bundled-file.ts";
import { MADE_BY_BUNDLE } from "#loader/build/self-contained.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

function file(key: string): BundledFile {
  const text = `${MADE_BY_BUNDLE}\nexport default () => {};\n`;
  return { key, text, form: "bundle", bytes: 1, source: key, handlers: [], packages: [] };
}

const write = (folder: TemporaryDirectory, to: string, ...keys: readonly string[]) =>
  writeDirectory(keys.map(file), { directory: join(folder.path, to), handlers: join(folder.path, "handlers") });

test("a written directory holds exactly the files, also where there were others from before", async () => {
  using folder = new TemporaryDirectory({ "handlers/a.ts": "" });
  assert.deepEqual(await write(folder, "dist/handlers", "gone.mjs", "kept.mjs"), { type: "written" });
  assert.deepEqual(await write(folder, "dist/handlers", "kept.mjs", "new.mjs"), { type: "written" });
  assert.deepEqual(readdirSync(join(folder.path, "dist")), ["handlers"]);
  assert.deepEqual(readdirSync(join(folder.path, "dist", "handlers")), ["kept.mjs", "new.mjs"]);
});

test("a directory with anything that bundle has not made stays as it is", async () => {
  using folder = new TemporaryDirectory({ "handlers/a.ts": "", "mine/notes.mjs": "export {};" });
  assert.deepEqual(await write(folder, "mine", "a.mjs"), {
    type: "failed",
    message: `Cannot write to "${join(folder.path, "mine")}": informd bundle has not made "notes.mjs" there, and would delete it. Name another directory with --out.`,
  });
  assert.deepEqual(readdirSync(folder.path), ["handlers", "mine"]);
  assert.equal(readFileSync(join(folder.path, "mine", "notes.mjs"), "utf8"), "export {};");
});

test("nothing is written into the handlers directory, where it would be taken for handlers", async () => {
  using folder = new TemporaryDirectory({ "handlers/a.ts": "" });
  for (const to of ["handlers", "handlers/dist/out"]) {
    const written = await write(folder, to, "b.mjs");
    assert.match(written.type === "failed" ? written.message : "", /it lies in the handlers directory/);
  }
  assert.deepEqual(readdirSync(join(folder.path, "handlers")), ["a.ts"]);
});

test("a file in the place of the directory is named as the reason, and stays", async () => {
  using folder = new TemporaryDirectory({ "handlers/a.ts": "", dist: "text" });
  const written = await write(folder, "dist", "b.mjs");
  assert.match(written.type === "failed" ? written.message : "", /: it is not a directory\. Name another/);
  assert.equal(readFileSync(join(folder.path, "dist"), "utf8"), "text");
  assert.deepEqual(readdirSync(folder.path), ["dist", "handlers"]);
});
