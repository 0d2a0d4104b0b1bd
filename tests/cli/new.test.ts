import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

test("new prints what it wrote and the next command", async () => {
  using folder = new TemporaryDirectory();
  const { code, stdout, stderr } = await run(["new", "pod-added"], folder.path);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.equal(
    stdout,
    "wrote handlers/pod-added.ts\nwrote package.json\nwrote tsconfig.json\n\nNext: npm install && npx informd dev\n",
  );
});

test("new names another handlers directory in the next command", async () => {
  using folder = new TemporaryDirectory({ "package.json": '{ "name": "informd" }' });
  const { stdout } = await run(["new", "pod-added", "--handlers", "mine"], folder.path);
  assert.equal(stdout, "wrote mine/pod-added.ts\n\nNext: npm run dev -- --handlers mine\n");
});

test("new on a file that is there fails, exit code 1", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": "" });
  const { code, stdout, stderr } = await run(["new", "pod-added"], folder.path);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /^Cannot write ".*": it is there already\. Choose another name, or delete it first\.\n$/);
});

test("new without a name is wrong usage, exit code 2", async () => {
  using folder = new TemporaryDirectory();
  assert.equal((await run(["new"], folder.path)).code, 2);
});
