import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { createBundler } from "#loader/build/bundler.ts";
import type { BundleResult } from "#loader/build/bundler.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";
import { inspectInVm } from "../support/inspect-in-vm.ts";

async function bundled(context: TestContext, files: Readonly<Record<string, string>>): Promise<BundleResult> {
  const { root } = handlersFolder(context, files);
  const results = await createBundler({ root, ...CHECKOUT_PATHS })(["pod-added.ts"]);
  return results.get("pod-added.ts") as BundleResult;
}

/** What the handler says when it loads: it throws a text. */
async function said(context: TestContext, source: string): Promise<string> {
  const result = await bundled(context, { "pod-added.ts": source });
  if (result.type === "failed") return result.problems.map(({ reason }) => reason).join("\n");
  const inspection = await inspectInVm(result.bundle, "vm2", context.signal);
  return inspection.type === "failed" ? inspection.error.message : JSON.stringify(inspection.module);
}

test("built-in module that needs no host is replaced inside the bundle, under both of its names", async (context) => {
  const source =
    'import path from "node:path"; import { join } from "path"; throw new Error(path.join("a", "..", "b") + join("c", "d"));';
  assert.equal(await said(context, source), "bc/d");
});

test("built-in module is replaced for CommonJS packages too", async (context) => {
  const result = await bundled(context, {
    "pod-added.ts": 'import Emitter from "./_emitter.cjs"; throw new Error(String(new Emitter().shout()));',
    "_emitter.cjs":
      'const EventEmitter = require("events"); module.exports = class extends EventEmitter { shout() { let heard; this.on("x", (v) => { heard = v; }); this.emit("x", "loud"); return heard; } };',
  });
  assert.equal(result.type, "built");
  if (result.type !== "built") return;
  const inspection = await inspectInVm(result.bundle, "vm2", context.signal);
  assert.equal(inspection.type === "failed" && inspection.error.message, "loud");
});

test("built-in module that needs the host is a build error at the import, with the way to it and what to use instead", async (context) => {
  const result = await bundled(context, {
    "pod-added.ts": 'import { read } from "./_files.ts";\nexport default () => read();\n',
    "_files.ts":
      'export const nothing = 1;\nimport { readFileSync } from "node:fs";\nexport const read = () => readFileSync("/x");\n',
  });
  assert.equal(result.type, "failed");
  if (result.type !== "failed") return;
  const [problem] = result.problems;
  assert.deepEqual([problem?.file, problem?.line, problem?.column], ["_files.ts", 2, 30]);
  assert.equal(
    problem?.reason,
    'Cannot import "fs" in a handler (imported by "pod-added.ts" → "_files.ts"): import the file\'s data, and keep what must last in the cluster with the context\'s kube',
  );
  assert.match(problem?.frame ?? "", /2 │ import \{ readFileSync \} from "node:fs";/);
});

test("built-in module is allowed where nothing of it is used, and where a package has a stand-in for browsers", async (context) => {
  const result = await bundled(context, {
    "pod-added.ts": 'import "node:fs"; import p from "p"; export default () => p;',
    "node_modules/p/package.json": '{ "name": "p", "main": "index.js", "browser": { "fs": false } }',
    "node_modules/p/index.js": 'module.exports = require("fs");',
  });
  assert.equal(result.type, "built");
});
