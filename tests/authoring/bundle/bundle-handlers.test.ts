import assert from "node:assert/strict";
import { test } from "node:test";
import { type BundledHandlers, type BundleRequest, bundleHandlers } from "#authoring/bundle/bundle-handlers.ts";
import { loadHandlers } from "#authoring/load-handlers.ts";
import { systemClock } from "#kernel/clock.ts";
import { handlerFileOf } from "#loader/bundle-key.ts";
import type { Revision } from "#loader/revision.ts";
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
  assert.deepEqual(loaded.problems, []);
  return loaded.revisions;
}

const told = (revisions: readonly Revision[]): unknown =>
  revisions.map(({ handler, entry, options }) => ({ handler, entry, options }));

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
  test(`bundled handlers (${prefer} preferred) load as the same handlers: same ids, same options`, async () => {
    using folder = new TemporaryDirectory(HANDLERS);
    const { files } = await bundle(folder.path, { prefer });
    using elsewhere = new TemporaryDirectory(
      Object.fromEntries(files.map(({ key, text }) => [handlerFileOf(key), text])),
    );
    assert.deepEqual(told(await load(elsewhere.path)), told(await load(folder.path)));
  });
}

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
