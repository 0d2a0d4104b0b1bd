import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createBundler } from "#loader/build/bundler.ts";
import type { BundleResult } from "#loader/build/bundler.ts";
import type { Bundle } from "#loader/revision.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";
import { inspectInVm } from "../support/inspect-in-vm.ts";

function bundleOf(result: BundleResult | undefined): Bundle {
  if (result?.type !== "built") throw new Error(`not built: ${JSON.stringify(result)}`);
  return result.bundle;
}

test("bundle is one script that requires nothing, with every file that went in", async (context) => {
  const folder = handlersFolder(context, {
    "pod-added.ts":
      'import { on } from "informd";\nimport { name } from "./_name.ts";\nexport default on(name, () => {});\n',
    "_name.ts": 'export const name = "pods" as const;\n',
  });
  const results = await createBundler({ root: folder.root, ...CHECKOUT_PATHS })(["pod-added.ts"]);
  const bundle = bundleOf(results.get("pod-added.ts"));
  assert.doesNotMatch(bundle.code, /\brequire\(|\bimport\b/);
  assert.equal(bundle.code.startsWith("\n"), true);
  assert.deepEqual(
    bundle.inputs.filter((input) => input.startsWith(folder.root)),
    [folder.path("pod-added.ts"), folder.path("_name.ts")],
  );
  const inspection = await inspectInVm(bundle, "vm2", context.signal);
  assert.deepEqual(inspection.type === "loaded" && inspection.module.default, {
    type: "handler",
    resource: "pods",
    options: {},
  });
});

test("bundle is lowered to the edition that the sandbox parses", async (context) => {
  const { root } = handlersFolder(context, {
    "pod-added.ts": "export default function () { using lock = { [Symbol.dispose]() {} }; return lock; }\n",
  });
  const results = await createBundler({ root, ...CHECKOUT_PATHS })(["pod-added.ts"]);
  assert.doesNotMatch(bundleOf(results.get("pod-added.ts")).code, /\busing lock\b/);
});

test("bundle does not depend on where the handlers lie, nor on what is built with it", async (context) => {
  const source = { "a.ts": 'export { default } from "./_x.ts";\n', "b.ts": 'export { default } from "./_x.ts";\n' };
  const folder = handlersFolder(context, { ...source, "_x.ts": "export default () => 1;\n" });
  const copy = join(folder.root, "..", "copy");
  cpSync(folder.root, copy, { recursive: true });
  const together = await createBundler({ root: folder.root, ...CHECKOUT_PATHS })(["a.ts", "b.ts"]);
  const alone = await createBundler({ root: copy, ...CHECKOUT_PATHS })(["a.ts"]);
  assert.equal(bundleOf(together.get("a.ts")).id, bundleOf(alone.get("a.ts")).id);
  assert.equal(bundleOf(together.get("a.ts")).sourceMap, bundleOf(alone.get("a.ts")).sourceMap);
});

test("broken file fails alone, with its place, its frame and what was read for it", async (context) => {
  const folder = handlersFolder(context, {
    "good.ts": "export default () => {};\n",
    "bad.ts": 'import "./_worse.ts";\nexport default () => {};\n',
    "_worse.ts": 'const text = "grün" +;\n',
  });
  const results = await createBundler({ root: folder.root, ...CHECKOUT_PATHS })(["good.ts", "bad.ts"]);
  assert.equal(results.get("good.ts")?.type, "built");
  const bad = results.get("bad.ts");
  assert.equal(bad?.type, "failed");
  if (bad?.type !== "failed") return;
  const [problem] = bad.problems;
  assert.deepEqual(
    [problem?.file, problem?.line, problem?.column, problem?.reason],
    ["_worse.ts", 1, 22, 'Unexpected ";"'],
  );
  assert.match(problem?.frame ?? "", /1 │ const text = "grün" \+;/);
  assert.deepEqual([...bad.sources.keys()].sort(), [folder.path("_worse.ts"), folder.path("bad.ts")]);
});

for (const [path, absence] of [
  ["absent-package", ': it is not installed; run "npm install absent-package"'],
  ["@absent/package", ': it is not installed; run "npm install @absent/package"'],
  ["absent-package/part", ': is "absent-package" installed, and does it have that file?'],
  ["./absent", ": there is no such file"],
] as const) {
  test(`an import of "${path}", which is not there, is a build error at its place with the next step`, async (context) => {
    const { root } = handlersFolder(context, { "a.ts": `import x from "${path}";\nexport default () => x;\n` });
    const result = (await createBundler({ root, ...CHECKOUT_PATHS })(["a.ts"])).get("a.ts");
    const [problem] = result?.type === "failed" ? result.problems : [];
    assert.deepEqual([problem?.line, problem?.reason], [1, `Could not resolve "${path}"${absence}`]);
  });
}
