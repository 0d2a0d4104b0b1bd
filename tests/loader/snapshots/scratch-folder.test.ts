import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ScratchFolder } from "#loader/snapshots/scratch-folder.ts";
import { handlersFolder } from "../../support/handlers-folder.ts";

function scratchOf(context: TestContext) {
  const scratch = new ScratchFolder(join(handlersFolder(context, {}).root, "snapshot"));
  /** Resolves with the paths that hold something else now. */
  const take = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
    const changed: string[] = [];
    const contents = new Map(Object.entries(files).map(([file, text]) => [file, Buffer.from(text)]));
    await scratch.take(contents, (path) => changed.push(path.slice(scratch.path.length + 1)));
    return changed;
  };
  return { path: scratch.path, take };
}

test("exactly what differs from the snapshot before is written, and what is gone is removed", async (context) => {
  const { path, take } = scratchOf(context);
  assert.deepEqual(await take({ "a.ts": "1", "lib/b.ts": "1" }), ["a.ts", "lib/b.ts"]);
  assert.deepEqual(await take({ "a.ts": "2", "lib/b.ts": "1" }), ["a.ts"]);
  assert.deepEqual(await take({ "a.ts": "2" }), ["lib/b.ts"]);
  assert.equal(existsSync(join(path, "lib/b.ts")), false);
});

test("a file whose write failed is written again, although a newer snapshot has its old content", async (context) => {
  const { path, take } = scratchOf(context);
  await take({ "team/a.ts": "1" });
  rmSync(join(path, "team"), { recursive: true });
  writeFileSync(join(path, "team"), "in the way");
  await assert.rejects(take({ "team/a.ts": "2" }), /team/);
  rmSync(join(path, "team"));
  assert.deepEqual(await take({ "team/a.ts": "1" }), ["team/a.ts"]);
  assert.equal(readFileSync(join(path, "team/a.ts"), "utf8"), "1");
});
