import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Inspect } from "#loader/inspect.ts";
import type { Batch, Revision } from "#loader/revision.ts";
import type { Snapshot } from "#loader/snapshots/snapshot.ts";
import { handlersFolder } from "../../support/handlers-folder.ts";
import { inspectInVm } from "../../support/inspect-in-vm.ts";
import { snapshotHandlers } from "../../support/mounted-handlers.ts";

const GOOD = "export default () => 1;\n";
const OTHER = "export default () => 2;\n";
const BROKEN = "export default () => {\n";

const NEVER = new AbortController().signal;

type Files = Readonly<Record<string, string>>;

function snapshot(files: Files): Snapshot {
  return { files: new Map(Object.entries(files).map(([key, text]) => [key, Buffer.from(text)])) };
}

interface Life {
  readonly batches: readonly Batch[];
  /** What was told, one line each. */
  readonly told: readonly string[];
  readonly revisions: readonly Revision[];
  readonly unusable: readonly string[];
}

/** One life of a runtime: it starts with the first snapshot, sees the others, and ends. */
async function live(state: string, ...snapshots: Files[]): Promise<Life> {
  const unusable: string[] = [];
  let taken = Promise.withResolvers<void>();
  const source = {
    async *snapshots() {
      for (const files of snapshots) {
        yield snapshot(files);
        await taken.promise;
      }
    },
  };
  const batches: Batch[] = [];
  for await (const one of snapshotHandlers(source, state, { unusable }).batches(new AbortController().signal)) {
    batches.push(one);
    taken.resolve();
    taken = Promise.withResolvers();
  }
  const revisions = batches.flatMap((batch) => batch.revisions);
  const told = batches.flatMap((batch) => [
    ...batch.revisions.map(({ handler }) => `${handler} changed`),
    ...batch.failures.map(({ file }) => `${file} failed`),
  ]);
  return { batches, told, revisions, unusable };
}

function stateOf(context: TestContext): string {
  return join(handlersFolder(context, {}).root, "state");
}

function kept(state: string): string[] {
  return readdirSync(join(state, "last-good"));
}

test("after a restart a broken file runs as it last did, and is told as broken", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": GOOD, "pod-deleted.ts": GOOD });
  const again = await live(state, { "pod-added.ts": BROKEN, "pod-deleted.ts": OTHER });
  assert.deepEqual(again.told, ["pod-deleted changed", "pod-added changed", "pod-added.ts failed"]);
  assert.deepEqual(again.batches[0]?.restored, ["pod-added"]);
  assert.deepEqual(again.batches[0].failures[0]?.handlers, ["pod-added"]);
  assert.match(again.revisions.find(({ handler }) => handler === "pod-added")?.bundle.code ?? "", /=> 1/);
});

test("it is the newest one that loaded, and only while the file is there", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": GOOD, "pod-deleted.ts": GOOD }, { "pod-added.ts": OTHER });
  assert.equal(kept(state).length, 1);
  const again = await live(state, { "pod-added.ts": BROKEN, "pod-deleted.ts": BROKEN });
  assert.deepEqual(again.batches[0]?.restored, ["pod-added"]);
  assert.match(again.revisions[0]?.bundle.code ?? "", /=> 2/);
});

test("a file that is mended takes over from what was restored", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": GOOD });
  const again = await live(state, { "pod-added.ts": BROKEN }, { "pod-added.ts": OTHER });
  assert.deepEqual(again.told, ["pod-added changed", "pod-added.ts failed", "pod-added changed"]);
  assert.match(again.revisions.at(-1)?.bundle.code ?? "", /=> 2/);
});

test("what was restored is still there after the next restart", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": GOOD });
  await live(state, { "pod-added.ts": BROKEN });
  const third = await live(state, { "pod-added.ts": BROKEN });
  assert.deepEqual(third.batches[0]?.restored, ["pod-added"]);
});

test("a bundle that was changed on disk, or is none, is left out and named", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": GOOD });
  const [name = ""] = kept(state);
  const path = join(state, "last-good", name);
  writeFileSync(path, readFileSync(path, "utf8").replace("=> 1", "=> 7"));
  writeFileSync(join(state, "last-good", "notes.txt"), "foreign");
  const again = await live(state, { "pod-added.ts": BROKEN });
  assert.deepEqual(again.told, ["pod-added.ts failed"]);
  assert.deepEqual(
    again.unusable.map((line) => line.replace(/^.*\//, "")).sort(),
    [`${name}: it does not hold what its name says`, "notes.txt: it does not hold what its name says"].sort(),
  );
});

const BLOCKS = 'export default () => "blocks";\n';

test("a snapshot that is replaced before anything of it was loaded costs no last good bundle", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": GOOD, "pod-deleted.ts": GOOD });
  const blocked = Promise.withResolvers<void>();
  const source = {
    async *snapshots() {
      yield snapshot({ "pod-added.ts": BLOCKS, "pod-deleted.ts": BLOCKS });
      await blocked.promise;
      yield snapshot({ "pod-added.ts": BROKEN, "pod-deleted.ts": OTHER });
    },
  };
  const inspect = inspectUnlessItBlocks(blocked.resolve);
  const [first] = await Array.fromAsync(snapshotHandlers(source, state, { inspect }).batches(NEVER));
  assert.deepEqual(first?.restored, ["pod-added"]);
});

test("a file that still blocks when a newer snapshot comes can be restored from it on", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": GOOD, "pod-deleted.ts": GOOD });
  const swapped = Promise.withResolvers<void>();
  const source = {
    async *snapshots() {
      yield snapshot({ "pod-added.ts": BLOCKS, "pod-deleted.ts": OTHER });
      await swapped.promise;
      yield snapshot({ "pod-added.ts": BROKEN, "pod-deleted.ts": OTHER });
    },
  };
  const inspect = inspectUnlessItBlocks(() => {});
  const batches: Batch[] = [];
  for await (const batch of snapshotHandlers(source, state, { inspect }).batches(NEVER)) {
    batches.push(batch);
    swapped.resolve();
  }
  assert.deepEqual(
    batches.map(({ restored = [] }) => restored),
    [[], ["pod-added"]],
  );
});

test("a newer snapshot that comes while a bundle is restored ends nothing", async (context) => {
  const state = stateOf(context);
  await live(state, { "pod-added.ts": BLOCKS, "pod-deleted.ts": GOOD });
  const blocked = Promise.withResolvers<void>();
  const source = {
    async *snapshots() {
      yield snapshot({ "pod-added.ts": BROKEN, "pod-deleted.ts": GOOD });
      await blocked.promise;
      yield snapshot({ "pod-added.ts": OTHER, "pod-deleted.ts": GOOD });
    },
  };
  const inspect = inspectUnlessItBlocks(blocked.resolve);
  const [first, ...others] = await Array.fromAsync(snapshotHandlers(source, state, { inspect }).batches(NEVER));
  assert.deepEqual(first?.revisions.map(({ handler }) => handler).toSorted(), ["pod-added", "pod-deleted"]);
  assert.equal(others.length, 0);
});

/** What blocks is never loaded. */
function inspectUnlessItBlocks(blocks: () => void): Inspect {
  return (bundle, engine, signal) => {
    if (!bundle.code.includes('"blocks"')) return inspectInVm(bundle, engine, signal);
    blocks();
    return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
}
