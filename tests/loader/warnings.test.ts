import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { createFileLoader } from "#loader/file-loader.ts";
import { createBundler } from "#loader/build/bundler.ts";
import type { Problem } from "#loader/revision.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { inspectInVm } from "../support/inspect-in-vm.ts";
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
    ["a.ts", 'package "immer" needs Proxy, which vm2 does not have; set the handler\'s option engine: "process"'],
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
  assert.equal(warnings[0]?.reason, 'eval() throws in vm2; set the handler\'s option engine: "process"');
  assert.match(warnings[1]?.frame ?? "", /1 │ export const sum = new Function/);
  assert.match(warnings[2]?.reason ?? "", /anything but a literal name/);
});

test("what vm2 does not have is no warning for a file whose handlers all run without it", async (context) => {
  const code = (engines: readonly string[]): string => {
    const handlers = engines.map(
      (engine) => `on("pods", { engine: "${engine}", name: "${engine}" }, () => new Function())`,
    );
    return `import { on } from "informd";\nexport default [${handlers.join(", ")}];\n`;
  };
  const { root } = handlersFolder(context, { "process.ts": code(["process"]), "both.ts": code(["vm2", "process"]) });
  const bundle = createBundler({ root, ...CHECKOUT_PATHS });
  const loader = createFileLoader({ clock: systemClock, bundle, inspect: inspectInVm });
  const bundled = await loader.bundle(["process.ts", "both.ts"]);
  const reasons = await Promise.all(
    Array.from(bundled.values(), async (one) => {
      const outcome = await loader.inspect(one, 0, context.signal);
      assert.equal(outcome.type, "loaded");
      return outcome.type === "loaded" ? outcome.revisions[0]?.bundle.warnings.map(({ reason }) => reason) : [];
    }),
  );
  assert.deepEqual(reasons, [[], ['new Function() throws in vm2; set the handler\'s option engine: "process"']]);
});
