import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type BundledHandlers, type BundleRequest, bundleHandlers } from "#authoring/bundle/bundle-handlers.ts";
import { tooBig } from "#authoring/bundle/too-big.ts";
import { loadHandlers } from "#authoring/load-handlers.ts";
import { systemClock } from "#kernel/clock.ts";
import type { Revision } from "#loader/revision.ts";
import { makeSelfContained } from "#loader/build/self-contained.ts";
import { CHECKOUT_PATHS } from "../../support/handlers-loader.ts";
import { mountHandlers } from "../../support/mounted-handlers.ts";
import { TemporaryDirectory } from "../../support/temporary-directory.ts";

type Bundled = Extract<BundledHandlers, { type: "bundled" }>;

async function bundle(directory: string, options: Partial<BundleRequest> = {}): Promise<Bundled> {
  const result = await bundleHandlers(systemClock, { directory, prefer: "bundle", ...options });
  if (result.type !== "bundled") throw new Error(`not bundled: ${JSON.stringify(result)}`);
  return result;
}

async function load(directory: string): Promise<readonly Revision[]> {
  const loaded = await loadHandlers(systemClock, directory, "check");
  assert.equal(loaded.type, "loaded");
  if (loaded.type !== "loaded") return [];
  assert.deepEqual(loaded.failures, []);
  return loaded.revisions;
}

const told = (revisions: readonly Revision[]): unknown =>
  revisions.map(({ handler, entry, options }) => ({ handler, entry, options }));

/** CommonJS that requires a module of Node's own, and looks at the environment. */
const OLD_PACKAGE = {
  "node_modules/old/package.json": '{ "name": "old", "version": "1.0.0" }',
  "node_modules/old/index.js": `
    const { join } = require("path");
    exports.minutes = process.env.NODE_ENV === "production" ? (n) => [n, join("m", "in")[0]].join("") : undefined;`,
  "uses-old.ts": `
    import { on } from "informd";
    import { minutes } from "old";
    export default on("services", { timeout: minutes(3) }, () => {});`,
};

const HANDLERS = {
  "pod-added.ts": `
    import type { HandlerContext, PodAdded } from "informd";
    export default function podAdded(event: PodAdded, { log }: HandlerContext<"pods">) { log.info(event.id); }`,
  "billing/eu/invoice-paid.ts": `
    import { on, PermanentError } from "informd";
    import { RESOURCE } from "../../_shared/names.ts";
    import { join } from "node:path";
    export default on(RESOURCE, { events: ["updated"], when: (event) => join("a", "b") !== event.id, timeout: "5s" }, () => {
      throw new PermanentError("no");
    });`,
  "_shared/names.ts": 'export const RESOURCE = "configmaps" as const;',
  "several.mjs": `
    import { on } from "informd";
    export default [on("pods", { name: "first" }, () => {}), on("nodes", () => {})];`,
  "service-changed.js": 'export const config = { labelSelector: "app=web" };\nexport default () => {};',
};

for (const prefer of ["bundle", "source"] as const) {
  test(`bundled handlers (${prefer} preferred) load from a mounted ConfigMap as the same handlers`, async (context) => {
    using folder = new TemporaryDirectory({ ...HANDLERS, ...OLD_PACKAGE });
    const { files } = await bundle(folder.path, { prefer });
    const mounted = await mountHandlers(context, Object.fromEntries(files.map(({ key, text }) => [key, text])));
    assert.deepEqual(mounted.problems, []);
    const revisions = mounted.revisions.toSorted((a, b) => a.handler.localeCompare(b.handler));
    assert.deepEqual(told(revisions), told(await load(folder.path)));
  });
}

test("the same handlers give the same text, wherever they and the runtime lie", async () => {
  using folder = new TemporaryDirectory({ ...HANDLERS, ...OLD_PACKAGE });
  using deeper = new TemporaryDirectory(
    Object.fromEntries(Object.entries({ ...HANDLERS, ...OLD_PACKAGE }).map(([name, text]) => [`a/b/${name}`, text])),
  );
  const { files } = await bundle(folder.path);
  assert.deepEqual((await bundle(join(deeper.path, "a/b"))).files, files);
  const root = join(import.meta.dirname, "..", "..", "..");
  const maps = files.map(({ text }) => Buffer.from(text.split("base64,").at(-1) ?? "", "base64").toString());
  for (const text of [...files.map((file) => file.text), ...maps]) {
    assert.ok(!text.includes(root.slice(1)), text.slice(0, 2000));
  }
});

test("bundle has a flat key for every handler file, and says which handlers are in it", async () => {
  using folder = new TemporaryDirectory(HANDLERS);
  const { files, bytes } = await bundle(folder.path);
  assert.deepEqual(
    files.map(({ key, form, source, handlers }) => ({ key, form, source, handlers })),
    [
      {
        key: "billing__eu__invoice-paid.mjs",
        form: "bundle",
        source: "billing/eu/invoice-paid.ts",
        handlers: ["billing/eu/invoice-paid"],
      },
      { key: "pod-added.mjs", form: "bundle", source: "pod-added.ts", handlers: ["pod-added"] },
      { key: "service-changed.mjs", form: "bundle", source: "service-changed.js", handlers: ["service-changed"] },
      { key: "several.mjs", form: "bundle", source: "several.mjs", handlers: ["several#1", "several#first"] },
    ],
  );
  assert.equal(
    bytes,
    files.reduce((sum, { key, text }) => sum + Buffer.byteLength(key) + Buffer.byteLength(text), 0),
  );
});

test("bundle leaves a flat file that imports nothing but informd as its source, where that is preferred", async () => {
  using folder = new TemporaryDirectory(HANDLERS);
  const { files } = await bundle(folder.path, { prefer: "source" });
  assert.deepEqual(
    files.map(({ key, form }) => [key, form]),
    [
      ["billing__eu__invoice-paid.mjs", "bundle"],
      ["pod-added.ts", "source"],
      ["service-changed.js", "source"],
      ["several.mjs", "source"],
    ],
  );
  assert.equal(files[1]?.text, HANDLERS["pod-added.ts"]);
});

async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  using folder = new TemporaryDirectory(files);
  const result = await bundleHandlers(systemClock, { directory: folder.path, prefer: "bundle" });
  return result.type === "notLoaded"
    ? result.problems.map(({ file, line, reason }) => `${file}:${line} ${reason}`)
    : [];
}

test("bundle refuses a file whose name a key cannot bring back, with what it would become", async () => {
  assert.deepEqual(await problemsOf({ "a__b.ts": HANDLERS["several.mjs"] }), [
    'a__b.ts:1 "__" stands for a folder in keys of a ConfigMap: "a__b" would be loaded as "a/b". Rename the file',
  ]);
  assert.match((await problemsOf({ "grün.ts": HANDLERS["several.mjs"] }))[0] ?? "", /no key of a ConfigMap can/);
});

test("bundle reports every file that does not load, and none of them is made", async () => {
  const problems = await problemsOf({
    "pod-added.ts": "export default () => {};",
    "pod-deleted.ts": "export default () => {\n  const = 1;\n};\n",
    "pod-updated.ts": "export const a = 1;",
  });
  assert.deepEqual(
    problems.map((problem) => problem.split(" ")[0]),
    ["pod-deleted.ts:2", "pod-updated.ts:1"],
  );
});

test("bundle of named handlers makes those only, whatever is wrong with the others", async () => {
  using folder = new TemporaryDirectory({ ...HANDLERS, "broken-added.ts": "const = 1" });
  const { files } = await bundle(folder.path, { only: ["pod-added", "billing/eu/invoice-paid.ts"] });
  assert.deepEqual(
    files.map(({ source }) => source),
    ["billing/eu/invoice-paid.ts", "pod-added.ts"],
  );
  const result = await bundleHandlers(systemClock, { directory: folder.path, prefer: "bundle", only: ["pod-aded"] });
  assert.deepEqual(result, {
    type: "failed",
    message: `Cannot bundle "pod-aded": there is no such handler file in "${folder.path}". Did you mean "pod-added"?`,
  });
});

test("bundle of a named handler shows what is wrong in a file that it imports, at its place there", async () => {
  using folder = new TemporaryDirectory({
    "pod-added.ts": 'import { one } from "./_lib.ts";\nexport default () => one;',
    "pod-deleted.ts": 'import "reads-files";\nexport default () => {};',
    "pod-updated.ts": "export default () => {};",
    "pod-changed.ts": 'import "./_odd.ts";\nexport default () => {};',
    "_lib.ts": "export const one = 1;\nconst = 2;\n",
    "_odd.ts": 'export const isOdd = (one: unknown) => typeof one === "nmber";\n',
    "node_modules/reads-files/index.js": '\nrequire("fs").readFileSync("x");',
  });
  const shown = async (...only: readonly string[]): Promise<unknown> => {
    const result = await bundleHandlers(systemClock, { directory: folder.path, prefer: "bundle", only });
    if (result.type === "failed") return result.message;
    const problems = result.type === "notLoaded" ? result.problems : result.warnings;
    return problems.map(({ file, line, column, reason }) => `${file}:${line}:${column} ${reason.slice(0, 18)}`);
  };
  assert.deepEqual(await shown("pod-added"), ["_lib.ts:2:7 Expected identifie"]);
  assert.deepEqual(await shown("pod-deleted"), ['node_modules/reads-files/index.js:2:9 Cannot import "fs"']);
  assert.deepEqual(await shown("pod-changed"), ['_odd.ts:1:55 The "typeof" opera']);
  assert.deepEqual(await shown("pod-updated"), []);
});

/** Of so many functions, each on a line, with long names inside. */
function bigPackage(name: string, functions: number): Record<string, string> {
  const lines = Array.from(
    { length: functions },
    (_, at) => `  f${at}(theArgumentOfTheFunction) { return theArgumentOfTheFunction + ${at}; },`,
  );
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, type: "module", exports: "./index.js" }),
    [`node_modules/${name}/index.js`]: ["export const big = {", ...lines, "};"].join("\n"),
  };
}

const USES_BIG = 'import { big } from "big";\nexport default (event) => { globalThis.seen = big[event.id]; };';

test("bundle says what each package adds, and minifies only what would not fit otherwise", async () => {
  using folder = new TemporaryDirectory({ ...bigPackage("big", 8000), "handlers/pod-added.js": USES_BIG });
  const small = await bundle(join(folder.path, "handlers"));
  assert.equal(small.isMinified, false);
  assert.deepEqual(
    small.files[0]?.packages.map(({ name, bytes }) => [name, bytes > 8000 * 60]),
    [["big", true]],
  );
  assert.match(small.files[0]?.text ?? "", /f7\(theArgumentOfTheFunction\)/);

  folder.write("handlers/pod-deleted.js", USES_BIG);
  const large = await bundle(join(folder.path, "handlers"));
  assert.equal(large.isMinified, true);
  assert.doesNotMatch(large.files[0]?.text ?? "", /theArgumentOfTheFunction/);
  assert.equal(tooBig(large.files, "handlers"), undefined);
});

async function placesOf(directory: string): Promise<readonly object[]> {
  const loaded = await loadHandlers(systemClock, directory, "check");
  const problems = loaded.type === "loaded" ? loaded.failures.flatMap((failure) => failure.problems) : [];
  return problems.map(({ file, line, reason }) => ({ file, line, reason }));
}

for (const minify of [false, true]) {
  test(`a stack from ${minify ? "minified" : "bundled"} code names the author's own file and line`, async () => {
    using folder = new TemporaryDirectory({
      ...bigPackage("big", 8000),
      "handlers/a/pod-added.ts":
        'import { check } from "../_check";\nimport { big } from "big";\n\ncheck(big);\nexport default () => {};',
      "handlers/_check.ts":
        'interface Unused { a: 1 }\n\nexport function check(all: object): void {\n  if (Object.keys(all).length > 0) throw new Error("boom");\n}',
    });
    const root = realpathSync(join(folder.path, "handlers"));
    const [made] = await makeSelfContained(["a/pod-added.ts"], { root, ...CHECKOUT_PATHS }, { minify });
    using elsewhere = new TemporaryDirectory({ "a/pod-added.mjs": made?.text ?? "" });
    // What throws while it loads is told with its place.
    const [place] = await placesOf(elsewhere.path);
    assert.deepEqual(place, { file: "../_check.ts", line: 4, reason: "Error: boom" });
    assert.deepEqual([place], await placesOf(root));
  });
}
