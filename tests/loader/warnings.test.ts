import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { createBundler } from "#loader/build/bundler.ts";
import type { Problem } from "#loader/revision.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";

async function warningsFor(context: TestContext, files: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  const { root } = handlersFolder(context, files);
  const result = (await createBundler({ root, ...CHECKOUT_PATHS })(["a.ts"])).get("a.ts");
  assert.equal(result?.type, "built");
  return result?.type === "built" ? result.bundle.warnings : [];
}

test("usual handler has no warning", async (context) => {
  assert.deepEqual(await warningsFor(context, { "a.ts": "export default () => {};\n" }), []);
});

test("bundle above 512 KiB is warned of", async (context) => {
  const text = "x".repeat(600 * 1024);
  const [warning] = await warningsFor(context, { "a.ts": `export default () => "${text}";\n` });
  assert.equal(warning?.reason, "the bundle has 601 KiB: it loads slowly; import less");
});

test("package that needs what the sandbox does not have is warned of", async (context) => {
  const [warning] = await warningsFor(context, {
    "a.ts": 'import { produce } from "immer";\nexport default () => produce;\n',
    "node_modules/immer/package.json": '{ "name": "immer", "main": "index.js" }',
    "node_modules/immer/index.js": "exports.produce = () => {};\n",
  });
  assert.deepEqual(
    [warning?.file, warning?.reason],
    ["a.ts", 'package "immer" needs Proxy, which the sandbox does not have'],
  );
});

test("code that throws in the sandbox is warned of, at its place", async (context) => {
  const warnings = await warningsFor(context, {
    "a.ts": 'import "./_b.ts";\nexport default (name: string) => import(name);\n',
    "_b.ts": 'export const sum = new Function("a", "return a");\nconsole.log(eval("1"), sum);\n',
  });
  assert.deepEqual(
    warnings.map(({ file, line, column }) => `${file}:${line}:${column}`),
    ["_b.ts:2:13", "_b.ts:1:20", "a.ts:2:34"],
  );
  assert.match(warnings[0]?.reason ?? "", /eval/);
  assert.match(warnings[1]?.frame ?? "", /1 │ export const sum = new Function/);
  assert.match(warnings[2]?.reason ?? "", /anything but a literal name/);
});
