import assert from "node:assert/strict";
import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Payload, Step } from "../../support/kubelet-volume.ts";
import { mountHandlers } from "../../support/mounted-handlers.ts";

const HANDLER = "export default () => {};\n";
const SECOND = "export default () => 2;\n";
const BROKEN = "export default () => {\n";

test("mounted handlers load, whatever stands beside them", async (context) => {
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER, "README.md": "text", "_names.ts": "" });
  assert.deepEqual(mounted.told, ["pod-added changed"]);
});

test("a swap changes exactly the handlers whose content differs, in one batch", async (context) => {
  const first = { "pod-added.ts": HANDLER, "pod-deleted.ts": HANDLER, "pod-updated.ts": HANDLER };
  const mounted = await mountHandlers(context, first);
  mounted.volume.write({ ...first, "pod-added.ts": SECOND, "pod-deleted.ts": SECOND });
  await mounted.until(() => mounted.batches.length === 2);
  await mounted.quiet();
  assert.deepEqual(mounted.told.slice(3).sort(), ["pod-added changed", "pod-deleted changed"]);
  assert.equal(mounted.batches.length, 2);
});

test("a swap of shared code changes the handlers that import it", async (context) => {
  const importer = 'import { name } from "./_names.ts";\nexport default () => name;\n';
  const files = { "pod-added.ts": importer, "pod-deleted.ts": HANDLER };
  const mounted = await mountHandlers(context, { ...files, "_names.ts": 'export const name = "old";\n' });
  mounted.volume.write({ ...files, "_names.ts": 'export const name = "new";\n' });
  await mounted.untilBuilt('"new"');
  assert.deepEqual(mounted.told.slice(2), ["pod-added changed"]);
});

test("a swap that changes no handler is not told, and revisions keep their ids over restarts", async (context) => {
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER });
  mounted.volume.write({ "pod-added.ts": HANDLER, "notes.txt": "new" });
  await mounted.quiet();
  assert.equal(mounted.batches.length, 1);
  const again = await mountHandlers(context, { "pod-added.ts": HANDLER });
  assert.equal(again.revisions[0]?.id, mounted.revisions[0]?.id);
});

test("keys that come and go are handlers that come and go, at once", async (context) => {
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER });
  mounted.volume.write({ "pod-deleted.ts": SECOND });
  await mounted.until(() => mounted.batches.length === 2);
  assert.deepEqual(mounted.told.slice(1).sort(), ["pod-added removed", "pod-deleted changed"]);
});

test("a broken file holds back only itself, and is told once with its place", async (context) => {
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER, "pod-deleted.ts": HANDLER });
  mounted.volume.write({ "pod-added.ts": BROKEN, "pod-deleted.ts": SECOND });
  await mounted.untilTold("pod-added.ts failed");
  assert.deepEqual(mounted.told.slice(2).sort(), ["pod-added.ts failed", "pod-deleted changed"]);
  const [failure] = mounted.batches[1]?.failures ?? [];
  assert.deepEqual(failure?.handlers, ["pod-added"]);
  assert.partialDeepStrictEqual(failure?.problems, [{ file: "pod-added.ts", line: 2 }]);
});

for (const step of ["written", "swapped", "linked"] as const satisfies readonly Step[]) {
  test(`kubelet that stops when the files are ${step} never shows half of a change`, async (context) => {
    const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER, "pod-deleted.ts": HANDLER });
    mounted.volume.write({ "pod-added.ts": SECOND, "pod-updated.ts": SECOND }, { stopAfter: step });
    await mounted.quiet();
    const [, ...changes] = mounted.batches;
    assert.equal(changes.length, step === "written" ? 0 : 1);
    mounted.volume.resume();
    await mounted.until(() => mounted.batches.length === 2);
    await mounted.quiet();
    assert.deepEqual(mounted.told.slice(2).sort(), ["pod-added changed", "pod-deleted removed", "pod-updated changed"]);
    assert.equal(mounted.batches.length, 2);
  });
}

test("a volume that is empty, as an optional ConfigMap makes it, has no handlers until there are some", async (context) => {
  const mounted = await mountHandlers(context, {});
  assert.deepEqual(mounted.told, []);
  mounted.volume.write({ "pod-added.ts": HANDLER });
  await mounted.untilTold("pod-added changed");
  mounted.volume.write({});
  await mounted.untilTold("pod-added removed");
});

test("paths of items, and several ConfigMaps in one volume, keep their folders", async (context) => {
  const mounted = await mountHandlers(context, {
    "billing/pod-added.ts": 'import { name } from "../lib/_names.ts";\nexport default () => name;\n',
    "lib/_names.ts": 'export const name = "shared";\n',
    "shop/pod-added.ts": HANDLER,
  });
  assert.deepEqual(mounted.told.sort(), ["billing/pod-added changed", "shop/pod-added changed"]);
});

test("keys of bundles get back the ids of their handlers", async (context) => {
  const mounted = await mountHandlers(context, {
    "billing__invoice__pod-added.mjs": HANDLER,
    "pod_added__twice.ts": 'import { on } from "informd";\nexport default on("pods", () => {});\n',
  });
  assert.deepEqual(mounted.told.sort(), ["billing/invoice/pod-added changed", "pod_added__twice changed"]);
});

test("a key that names a folder of another one, before or after a swap, ends nothing", async (context) => {
  const mounted = await mountHandlers(context, {
    "good.mjs": HANDLER,
    "good.mjs__y.mjs": HANDLER,
    "lib__pod-added.mjs": HANDLER,
  });
  assert.ok(mounted.told.includes("lib/pod-added changed"));
  mounted.volume.write({ "pod-added.ts": SECOND, lib: "text" });
  await mounted.untilTold("pod-added changed");
  assert.ok(mounted.told.includes("lib/pod-added removed"));
});

test("a mount that cannot be read ends nothing: it is told why, once, and is read when it can be", async (context) => {
  const reasons: string[] = [];
  const told = Promise.withResolvers<void>();
  const notRead = (reason: string): void => {
    reasons.push(reason);
    told.resolve();
  };
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER }, { notRead });
  const { path } = mounted.volume;
  const pointTo = (target: string): void => {
    symlinkSync(target, join(path, "..new"));
    renameSync(join(path, "..new"), join(path, "..data"));
  };
  writeFileSync(join(path, "..file"), "");
  pointTo("..file");
  await told.promise;
  pointTo("..file");
  await mounted.quiet();
  rmSync(join(path, "..data"));
  await mounted.quiet();
  mounted.volume.write({ "pod-added.ts": SECOND });
  await mounted.untilBuilt("2");
  assert.equal(reasons.length, 1);
  assert.match(reasons[0] ?? "", /^Cannot read handlers of ".*\/mount": ENOTDIR: .*It is tried again every 2 s/);
});

test("an import of a package says that a ConfigMap has none, at its place, and what to do", async (context) => {
  const mounted = await mountHandlers(context, {
    "pod-added.ts":
      'import { on } from "informd";\nimport { z } from "zod";\nexport default on("pods", () => void z);\n',
  });
  const [problem] = mounted.problems;
  assert.partialDeepStrictEqual(problem, { file: "pod-added.ts", line: 2, column: 19 });
  assert.equal(
    problem?.reason,
    'Cannot import "zod": a ConfigMap holds no packages. Put the files that "informd bundle" makes into it: they bring what they import',
  );
});

const KEYS = ["pod-added.ts", "pod-updated.ts", "pod-deleted.ts", "lib/node-added.ts"];
const PAYLOADS = fc.array(
  fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), fc.integer({ min: 0, max: 3 })), { selector: ([key]) => key }),
  { minLength: 5, maxLength: 25 },
);

test("after any sequence of swaps what was told adds up to what is mounted", { timeout: 120_000 }, async (context) => {
  await fc.assert(
    fc.asyncProperty(PAYLOADS, async (payloads) => {
      const mounted = await mountHandlers(context, {});
      let payload: Payload = {};
      for (const [index, keys] of payloads.entries()) {
        payload = Object.fromEntries(keys.map(([key, version]) => [key, `export default () => ${version};\n`]));
        mounted.volume.write(payload);
        if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await mounted.until(() => isDeepEqual(liveOf(mounted.batches), contentsOf(payload)));
    }),
    { numRuns: 5, seed: 13 },
  );
});

function liveOf(batches: Awaited<ReturnType<typeof mountHandlers>>["batches"]): ReadonlyMap<string, string> {
  const live = new Map<string, string>();
  const take = ({
    handler,
    bundle,
  }: {
    readonly handler: string;
    readonly bundle: { readonly code: string };
  }): void => {
    live.set(handler, /=> (\d)/.exec(bundle.code)?.[1] ?? "");
  };
  for (const { revisions, removed, renamed } of batches) {
    for (const { from, to } of renamed) {
      live.delete(from);
      take(to);
    }
    for (const handler of removed) live.delete(handler);
    for (const revision of revisions) take(revision);
  }
  return live;
}

function contentsOf(payload: Payload): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(payload).map(([key, text]) => [key.replace(".ts", ""), /=> (\d)/.exec(text)?.[1] ?? ""]),
  );
}

function isDeepEqual(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
