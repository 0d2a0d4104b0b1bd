import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { checkTypes, type TypeCheck } from "#authoring/types/check-types.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";
import { typeProject } from "../../support/type-project.ts";

const GOOD = `import type { PodAdded } from "informd";\nexport default (event: PodAdded) => event.object.metadata.name;\n`;
const BAD = `import type { PodAdded } from "informd";\nexport default (event: PodAdded) => event.object.metadata.nam;\n`;

function check(folder: TemporaryDirectory, signal = new AbortController().signal): Promise<TypeCheck> {
  return checkTypes({ directory: join(folder.path, "handlers"), environment: process.env }, signal);
}

/** One line each. */
async function findings(folder: TemporaryDirectory): Promise<string[]> {
  const result = await check(folder);
  assert.ok(result.type === "checked", JSON.stringify(result));
  return result.findings.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
}

test("handlers without a tsconfig.json are checked with informd's own types", async () => {
  using folder = typeProject({ "handlers/pod-added.ts": GOOD, "handlers/billing/bad.ts": BAD });
  assert.deepEqual(await findings(folder), ["billing/bad.ts:2:59 TS2551"]);
});

test("the project's own options hold, but only handlers are checked", async () => {
  using folder = typeProject({
    "tsconfig.json": JSON.stringify({ compilerOptions: { strict: false, module: "preserve" }, include: ["src"] }),
    "src/other.ts": "export const text: string = 1;",
    "handlers/pod-added.ts": "export default (event) => event;",
    "handlers/pod-added.test.ts": "export const text: string = 1;",
  });
  assert.deepEqual(await findings(folder), []);
});

test("handlers without a compiler are not checked", async () => {
  using folder = new TemporaryDirectory({ "handlers/pod-added.ts": BAD });
  assert.deepEqual(await check(folder), { type: "noCompiler" });
});

test("a directory without a handler has no findings, with or without a compiler", async () => {
  using folder = typeProject({ "handlers/_keep.json": "{}" });
  assert.deepEqual(await findings(folder), []);
  using bare = new TemporaryDirectory({ "handlers/_keep.json": "{}" });
  assert.deepEqual(await findings(bare), []);
});

test("a directory that is gone is named, with what to do", async () => {
  using folder = new TemporaryDirectory();
  const directory = join(folder.path, "handlers");
  assert.deepEqual(await check(folder), {
    type: "failed",
    reason: `handlers directory "${directory}" is gone. Make it again, or stop and name another one with --handlers`,
  });
});

test("a tsconfig.json that the compiler refuses is a finding too", async () => {
  using folder = typeProject({
    "tsconfig.json": JSON.stringify({ compilerOptions: { module: "none such" } }),
    "handlers/pod-added.ts": "export default () => {};",
  });
  assert.match((await findings(folder)).join(), /^\.\.\/tsconfig\.json:1:\d+ TS6046$/);
});

test("a check that is aborted ends at once", async () => {
  using folder = typeProject({ "handlers/pod-added.ts": GOOD });
  const stop = new AbortController();
  const checking = check(folder, stop.signal);
  stop.abort(new Error("a newer save"));
  await assert.rejects(checking, /a newer save/);
});
