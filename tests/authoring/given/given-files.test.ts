import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type ReadTexts, readGivenFiles } from "#authoring/given/given-files.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

function read(folder: TemporaryDirectory, path: string): Promise<ReadTexts> {
  return readGivenFiles(join(folder.path, path), folder.path, { what: "definitions", flag: "--crds" });
}

test("a folder gives every YAML and JSON file in it, at any depth, but hidden ones and packages", async () => {
  using folder = new TemporaryDirectory({
    "crds/b.yaml": "b",
    "crds/deep/a.json": "a",
    "crds/c.yml": "c",
    "crds/README.md": "no",
    "crds/.git/d.yaml": "no",
    "crds/node_modules/e/e.yaml": "no",
  });
  assert.deepEqual(await read(folder, "crds"), {
    type: "read",
    texts: [
      { name: "crds/b.yaml", text: "b" },
      { name: "crds/c.yml", text: "c" },
      { name: "crds/deep/a.json", text: "a" },
    ],
  });
});

test("a file is read whatever its name is", async () => {
  using folder = new TemporaryDirectory({ crds: "text" });
  assert.deepEqual(await read(folder, "crds"), { type: "read", texts: [{ name: "crds", text: "text" }] });
});

test("a path that is not there is named", async () => {
  using folder = new TemporaryDirectory();
  assert.deepEqual(await read(folder, "crds"), {
    type: "failed",
    message: 'Cannot read definitions "crds": no such file or folder. Name another file or folder with --crds.',
  });
});
