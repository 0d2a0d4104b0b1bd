import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Inspect } from "#loader/inspect.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { inspectInVm } from "../support/inspect-in-vm.ts";
import { watchHandlers } from "../support/watched-handlers.ts";

const HANDLER = "export default () => {};\n";
const BROKEN = "export default () => {\n";

test("edit of shared code rebuilds exactly the handlers that import it", async (context) => {
  const watched = await watchHandlers(context, {
    "_names.ts": 'export const name = "old";\n',
    "pod-added.ts": 'import { name } from "./_names.ts";\nexport default () => name;\n',
    "pod-deleted.ts": 'import { name } from "./_names.ts";\nexport default () => name + name;\n',
    "pod-updated.ts": HANDLER,
  });
  watched.folder.write("_names.ts", 'export const name = "new";\n');
  await watched.untilTold("pod-deleted changed");
  await watched.quiet();
  assert.deepEqual(watched.told, ["pod-added changed", "pod-deleted changed"]);
});

test("edit that changes no bundle is not told", async (context) => {
  const watched = await watchHandlers(context, {
    "_types.ts": "export interface Name { text: string }\nexport const unused = 1;\n",
    "pod-added.ts": 'import type { Name } from "./_types.ts";\nexport default (name: Name) => name;\n',
    "pod-updated.ts": HANDLER,
  });
  watched.folder.write("_types.ts", "export interface Name { text: number }\nexport const unused = 2;\n");
  watched.folder.write(
    "pod-added.ts",
    'import type { Name } from "./_types.ts";\n// said\nexport default (name: Name) => name;\n',
  );
  await watched.quiet();
  assert.deepEqual(watched.told, []);
});

test("save that changes no bundle is told once as without effect, however it was written and looked at", async (context) => {
  const watched = await watchHandlers(context, {
    "_shared.ts": "export const one = 1;\n",
    "pod-added.ts": 'import { one } from "./_shared.ts";\nexport default () => one;\n',
    "pod-deleted.ts": 'import { one } from "./_shared.ts";\nexport default () => -one;\n',
  });
  const told = (): readonly string[] => watched.batches.flatMap(({ withoutEffect = [] }) => withoutEffect);
  const commented = "// said\nexport const one = 1;\n";
  watched.folder.write("_shared.ts", "");
  watched.folder.write("_shared.ts", commented);
  watched.folder.write("_shared.ts", commented);
  await watched.until(() => told().length > 0);
  watched.folder.write("_shared.ts", commented);
  await watched.quiet();
  assert.deepEqual([told(), watched.told], [["_shared.ts"], []]);
  watched.folder.write("pod-added.ts", "export default () => 2;\n");
  await watched.untilTold("pod-added changed");
  await watched.quiet();
  assert.deepEqual(told(), ["_shared.ts"]);
});

test("shared code outside the handlers directory is watched too", async (context) => {
  const watched = await watchHandlers(context, {
    "../shared.ts": 'export const name = "old";\n',
    "pod-added.ts": 'import { name } from "../shared.ts";\nexport default () => name;\n',
  });
  writeFileSync(join(watched.folder.root, "..", "shared.ts"), 'export const name = "new";\n');
  await watched.untilBuilt('"new"');
  assert.deepEqual(watched.told, ["pod-added changed"]);
});

test("new file is a new handler, a file that is gone is a removed one", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER });
  watched.folder.write("billing/pod-deleted.ts", HANDLER);
  await watched.untilTold("billing/pod-deleted changed");
  watched.folder.remove("pod-added.ts");
  await watched.untilTold("pod-added removed");
  await watched.quiet();
  assert.deepEqual(watched.told, ["billing/pod-deleted changed", "pod-added removed"]);
});

test("folder that is gone takes its handlers with it", async (context) => {
  const watched = await watchHandlers(context, { "a/b/pod-added.ts": HANDLER, "pod-added.ts": HANDLER });
  rmSync(watched.folder.path("a"), { recursive: true });
  await watched.untilTold("a/b/pod-added removed");
  assert.deepEqual(watched.told, ["a/b/pod-added removed"]);
});

test("renamed file with the same bytes and options is one rename, at once", async (context) => {
  const source = 'import { on } from "informd";\nexport default on("pods", () => {});\n';
  const watched = await watchHandlers(context, { "first.ts": source });
  watched.folder.rename("first.ts", "second.ts");
  await watched.untilTold("first renamed second");
  await watched.quiet();
  assert.deepEqual(watched.told, ["first renamed second"]);
});

test("renamed file whose name says something else is a removal and a new handler", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER });
  watched.folder.rename("pod-added.ts", "pod-deleted.ts");
  await watched.untilTold("pod-added removed");
  await watched.quiet();
  assert.deepEqual(watched.told, ["pod-deleted changed", "pod-added removed"]);
});

test("broken save is told once with its place, whatever else is saved, and the mended one is told again", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER, "pod-deleted.ts": HANDLER });
  watched.folder.write("pod-added.ts", BROKEN);
  await watched.untilTold("pod-added.ts failed");
  watched.folder.write("pod-deleted.ts", "export default () => 2;\n");
  await watched.untilTold("pod-deleted changed");
  watched.folder.write("pod-added.ts", BROKEN);
  await watched.quiet();
  const [problem] = watched.problems;
  assert.deepEqual([problem?.file, problem?.line, problem?.column], ["pod-added.ts", 2, 1]);
  assert.match(problem?.reason ?? "", /Unexpected end of file/);
  watched.folder.write("pod-added.ts", HANDLER);
  await watched.untilTold("pod-added changed");
  assert.deepEqual(watched.told, ["pod-added.ts failed", "pod-deleted changed", "pod-added changed"]);
});

test("another broken save is told again", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER });
  watched.folder.write("pod-added.ts", BROKEN);
  await watched.untilTold("pod-added.ts failed");
  watched.folder.write("pod-added.ts", `// still\n${BROKEN}`);
  await watched.until(() => watched.problems.length === 2);
  assert.equal(watched.problems[1]?.line, 3);
});

test("emptied file never replaces the handler: it has no default export", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER });
  watched.folder.write("pod-added.ts", "");
  await watched.untilTold("pod-added.ts failed");
  assert.match(watched.problems[0]?.reason ?? "", /no default export/);
  assert.deepEqual(watched.batches[0]?.failures[0]?.handlers, ["pod-added"]);
});

test("broken shared code fails each handler that imports it, and mending it mends them all", async (context) => {
  const importing = 'import { name } from "./_names.ts";\nexport default () => name;\n';
  const watched = await watchHandlers(context, {
    "_names.ts": "export const name = 1;\n",
    "pod-added.ts": importing,
    "pod-deleted.ts": importing,
  });
  watched.folder.remove("_names.ts");
  await watched.untilTold("pod-deleted.ts failed");
  watched.folder.write("_names.ts", "export const name = 2;\n");
  await watched.untilTold("pod-deleted changed");
  assert.deepEqual(watched.told, [
    "pod-added.ts failed",
    "pod-deleted.ts failed",
    "pod-added changed",
    "pod-deleted changed",
  ]);
});

test("second file with the id of a handler is told as a conflict and the handler goes on", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER });
  watched.folder.write("pod-added.js", HANDLER);
  await watched.untilTold("pod-added conflict");
  await watched.quiet();
  assert.deepEqual(watched.told, ["pod-added conflict"]);
});

test("many files saved at once are each told once", async (context) => {
  const names = ["pod-added", "pod-deleted", "pod-updated"];
  const watched = await watchHandlers(context, Object.fromEntries(names.map((name) => [`${name}.ts`, HANDLER])));
  for (const name of names) watched.folder.write(`${name}.ts`, "export default () => 2;\n");
  await watched.quiet();
  await watched.until(() => watched.told.length >= names.length);
  assert.deepEqual(
    watched.told.toSorted(),
    names.map((name) => `${name} changed`),
  );
});

test("save takes the place of one whose code does not finish loading", async (context) => {
  const hanging = Promise.withResolvers<void>();
  const inspect: Inspect = async (bundle, engine, signal) => {
    if (!bundle.code.includes("for (; ; )")) return inspectInVm(bundle, engine, signal);
    hanging.resolve();
    return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER }, inspect);
  watched.folder.write("pod-added.ts", "for (;;);\nexport default () => {};\n");
  await hanging.promise;
  watched.folder.write("pod-added.ts", "export default () => 2;\n");
  await watched.untilTold("pod-added changed");
  assert.deepEqual(watched.told, ["pod-added changed"]);
});

for (const place of ["", "../"]) {
  test(`change of ${place}tsconfig.json builds every handler again`, async (context) => {
    const paths = (file: string): string => JSON.stringify({ compilerOptions: { paths: { "@names": [file] } } });
    const watched = await watchHandlers(context, {
      "pod-added.ts": 'import { name } from "@names";\nexport default () => name;\n',
      "_old.ts": 'export const name = "old";\n',
      "_new.ts": 'export const name = "new";\n',
      [`${place}tsconfig.json`]: paths(place === "" ? "./_old.ts" : "./handlers/_old.ts"),
    });
    watched.folder.write(`${place}tsconfig.json`, paths(place === "" ? "./_new.ts" : "./handlers/_new.ts"));
    await watched.untilBuilt('"new"');
  });
}

test("save is built and inspected at once, but told only when nothing was heard for 20 ms", async (context) => {
  const clock = new FakeClock();
  const inspected = Promise.withResolvers<void>();
  const inspect: Inspect = async (bundle, engine, signal) => {
    if (bundle.code.includes("second")) inspected.resolve();
    return inspectInVm(bundle, engine, signal);
  };
  const watched = await watchHandlers(context, { "pod-added.ts": HANDLER }, inspect, clock);
  watched.folder.write("pod-added.ts", "export default () => 'second';\n");
  await inspected.promise;
  await watched.quiet();
  assert.deepEqual(watched.told, []);
  await clock.advance(20);
  await watched.untilBuilt("second");
});
