import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Inspect } from "#loader/inspect.ts";
import { inspectInVm } from "../../support/inspect-in-vm.ts";
import { mountHandlers } from "../../support/mounted-handlers.ts";

const HANDLER = "export default () => {};\n";
const SECOND = "export default () => 2;\n";
const BLOCKS = 'export default () => "blocks";\n';

/** What blocks is never loaded. */
const inspectUnlessItBlocks: Inspect = (bundle, engine, signal) => {
  if (!bundle.code.includes('"blocks"')) return inspectInVm(bundle, engine, signal);
  return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
};

test("a file that blocks while it loads does not hold back the others, nor the next swap", async (context) => {
  const options = { inspect: inspectUnlessItBlocks };
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER, "pod-deleted.ts": BLOCKS }, options);
  assert.deepEqual(mounted.told, ["pod-added changed"]);
  mounted.volume.write({ "pod-added.ts": SECOND, "pod-deleted.ts": BLOCKS });
  await mounted.until(() => mounted.told.length === 2);
  mounted.volume.write({ "pod-added.ts": SECOND, "pod-deleted.ts": HANDLER });
  await mounted.untilTold("pod-deleted changed");
  assert.deepEqual(mounted.told, ["pod-added changed", "pod-added changed", "pod-deleted changed"]);
});

test("a snapshot that cannot be written is told with its reason, and tried again until it can", async (context) => {
  const unwritten: string[] = [];
  const notWritten = (path: string, reason: string): void => {
    if (unwritten.push(`${path} ${reason}`) === 2) rmSync(join(path, "team"));
  };
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER }, { notWritten });
  // Where a folder has to be, somebody has put a file.
  const scratch = join(mounted.state, "snapshot");
  writeFileSync(join(scratch, "team"), "");
  mounted.volume.write({ "pod-added.ts": HANDLER, "team/pod-deleted.ts": HANDLER });
  await mounted.untilTold("team/pod-deleted changed");
  assert.equal(unwritten.length, 2);
  assert.match(unwritten[0] ?? "", /\/snapshot E[A-Z]+: .*team/);
});

test("a newer snapshot takes the place of one that cannot be written", async (context) => {
  const waits = Promise.withResolvers<void>();
  const notWritten = (): void => waits.resolve();
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER }, { notWritten });
  writeFileSync(join(mounted.state, "snapshot", "team"), "");
  mounted.volume.write({ "pod-added.ts": HANDLER, "team/pod-deleted.ts": HANDLER });
  await waits.promise;
  mounted.volume.write({ "pod-added.ts": SECOND });
  await mounted.until(() => mounted.told.length === 2);
  assert.deepEqual(mounted.told, ["pod-added changed", "pod-added changed"]);
});

/** What loads slowly is loaded when the test says so. */
function inspectWhenAsked(): { readonly inspect: Inspect; readonly go: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const inspect: Inspect = async (bundle, engine, signal) => {
    if (bundle.code.includes('"slow"')) await promise;
    return inspectInVm(bundle, engine, signal);
  };
  return { inspect, go: resolve };
}

const SLOW = 'export default () => "slow";\n';

test("nothing is taken for removed until the slow file has been looked at: its handler may go on there", async (context) => {
  const { inspect, go } = inspectWhenAsked();
  const before = { "pod-added.ts": HANDLER, "pod-deleted.ts": HANDLER, "pod-updated.ts": HANDLER };
  const mounted = await mountHandlers(context, before, { inspect });
  mounted.volume.write({ "pod-added.mts": SLOW, "pod-updated.ts": SECOND });
  await mounted.until(() => mounted.batches.length === 2);
  assert.deepEqual(mounted.told.slice(3), ["pod-updated changed"]);
  assert.equal(mounted.batches[1]?.isPartial, true);
  go();
  await mounted.until(() => mounted.batches.length === 3);
  assert.deepEqual(mounted.told.slice(4), ["pod-added changed", "pod-deleted removed"]);
});

test("a file that gets another name is a rename, although it loads slowly", async (context) => {
  let isSlow = false;
  const { promise, resolve: go } = Promise.withResolvers<void>();
  const inspect: Inspect = async (bundle, engine, signal) => {
    if (isSlow && bundle.file !== "pod-updated.ts") await promise;
    return inspectInVm(bundle, engine, signal);
  };
  const before = { "pod-added.ts": HANDLER, "pod-updated.ts": HANDLER };
  const mounted = await mountHandlers(context, before, { inspect });
  isSlow = true;
  mounted.volume.write({ "team/pod-added.ts": HANDLER, "pod-updated.ts": SECOND });
  await mounted.until(() => mounted.batches.length === 2);
  go();
  await mounted.until(() => mounted.batches.length === 3);
  assert.deepEqual(mounted.told.slice(2), ["pod-updated changed", "pod-added renamed team/pod-added"]);
});

test("the first batches are partial until every file has been looked at", async (context) => {
  const { inspect, go } = inspectWhenAsked();
  const mounted = await mountHandlers(context, { "pod-added.ts": HANDLER, "pod-deleted.ts": SLOW }, { inspect });
  go();
  await mounted.untilTold("pod-deleted changed");
  assert.deepEqual(
    mounted.batches.map(({ isPartial = false }) => isPartial),
    [true, false],
  );
});
