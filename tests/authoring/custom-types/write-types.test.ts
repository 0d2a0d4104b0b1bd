import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MADE_BY_TYPES } from "#authoring/custom-types/types-source.ts";
import { writeTypes } from "#authoring/custom-types/write-types.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

const OLD = `${MADE_BY_TYPES}; old\n`;
const NEW = `${MADE_BY_TYPES}; new\n`;

test("types are written with the folders above, over those before, and leave nothing else behind", async () => {
  using folder = new TemporaryDirectory();
  const path = join(folder.path, "a", "b", "types.d.ts");
  assert.deepEqual(await writeTypes(path, OLD), { type: "written" });
  assert.deepEqual(await writeTypes(path, NEW), { type: "written" });
  assert.deepEqual(await writeTypes(path, NEW), { type: "unchanged" });
  assert.equal(readFileSync(path, "utf8"), NEW);
  assert.deepEqual(readdirSync(join(folder.path, "a", "b")), ["types.d.ts"]);
});

test("a file that somebody else has written stays", async () => {
  using folder = new TemporaryDirectory({ "types.d.ts": "export type Mine = 1;\n" });
  const path = join(folder.path, "types.d.ts");
  assert.deepEqual(await writeTypes(path, NEW), {
    type: "failed",
    message: `Cannot write types to "${path}": it is there already, and informd types has not written it. Name another file with --out.`,
  });
  assert.equal(readFileSync(path, "utf8"), "export type Mine = 1;\n");
});

test("a place that cannot hold a file is named", async () => {
  using folder = new TemporaryDirectory({ "types.d.ts/a": "", file: "" });
  const refusal = async (path: string): Promise<string> => {
    const written = await writeTypes(join(folder.path, path), NEW);
    return written.type === "failed" ? written.message.replace(folder.path, "") : written.type;
  };
  assert.equal(
    await refusal("types.d.ts"),
    'Cannot write types to "/types.d.ts": it is a directory. Name another file with --out.',
  );
  assert.equal(
    await refusal("file/types.d.ts"),
    'Cannot write types to "/file/types.d.ts": a part of its path is a file. Name another file with --out.',
  );
  assert.ok(!existsSync(join(folder.path, "types.d.ts.new")));
});
