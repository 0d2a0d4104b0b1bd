import assert from "node:assert/strict";
import { test } from "node:test";
import { FILE_EVENTS } from "#loader/file-name.ts";
import { POD } from "../support/invocations.ts";
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

for (const event of FILE_EVENTS) {
  test(`what new writes for pod-${event} runs with invoke on an object from a file, without a cluster`, async () => {
    using folder = new TemporaryDirectory({ "pod.yaml": POD });
    assert.equal((await run(["new", `pod-${event}`], folder.path)).code, 0);
    const { code, stdout, stderr } = await run(["invoke", `pod-${event}`, "--object", "pod.yaml"], folder.path);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" }, stdout);
    assert.match(stdout, /^\S+ pod-\w+ live default\/web-1 done \d+ ms.*\n {4}pod \w+ name=web-1 namespace=default/);
  });
}

test("new names another handlers directory in the next command", async () => {
  using folder = new TemporaryDirectory({ "package.json": '{ "name": "informd" }' });
  const { stdout } = await run(["new", "pod-added", "--handlers", "mine"], folder.path);
  assert.equal(stdout, "wrote mine/pod-added.ts\n\nNext: npm run dev -- --handlers mine\n");
});

test("new in a project that has no informd installs it, and in one that has it does not", async () => {
  using folder = new TemporaryDirectory({ "package.json": '{ "devDependencies": {} }' });
  const next = async (name: string): Promise<string | undefined> => {
    const { stdout } = await run(["new", name], folder.path);
    return /^Next: (.*)$/m.exec(stdout)?.[1];
  };
  assert.equal(await next("pod-added"), "npm install --save-dev informd typescript && npx informd dev");
  folder.write("package.json", '{ "dependencies": { "informd": "*" } }');
  assert.equal(await next("pod-updated"), "npm install && npx informd dev");
  folder.write("node_modules/informd/package.json", "{}");
  assert.equal(await next("pod-deleted"), "npx informd dev");
});

test("the next command goes where package.json is", async () => {
  using folder = new TemporaryDirectory();
  const { stdout } = await run(["new", "pod-added", "--handlers", "team/mine"], folder.path);
  assert.match(stdout, /^wrote team\/package\.json$/m);
  assert.match(stdout, /^Next: cd team && npm install && npx informd dev --handlers mine$/m);
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
