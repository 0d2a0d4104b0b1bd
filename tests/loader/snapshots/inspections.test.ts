import assert from "node:assert/strict";
import { test } from "node:test";
import type { BundledFile, FileLoader, FileOutcome } from "#loader/file-loader.ts";
import { Inspections } from "#loader/snapshots/inspections.ts";
import { FakeClock, settle } from "../../support/fake-clock.ts";

const BUNDLED: BundledFile = { result: { type: "failed", problems: [], sources: new Map() }, bundledMs: 0 };

/** Inspections of these files, each of which takes so many milliseconds. */
function inspecting(takesMs: Readonly<Record<string, number>>) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const bundled = new Map(Object.keys(takesMs).map((file) => [file, { ...BUNDLED, bundledMs: takesMs[file] ?? 0 }]));
  const loader: FileLoader = {
    bundle: () => Promise.resolve(bundled),
    inspect: ({ bundledMs }, _seenAt, signal) =>
      new Promise<FileOutcome>((resolve, reject) => {
        clock.setTimer(bundledMs, () => resolve({ type: "loaded", revisions: [], sources: new Map() }));
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  };
  const inspections = new Inspections({ clock, loader }, bundled, stop.signal);
  const told: string[] = [];
  const take = async (): Promise<void> => {
    const { outcomes, isWhole } = await inspections.next();
    told.push(`${[...outcomes.keys()].join(" ") || "nothing"} at ${clock.monotonic()}${isWhole ? ", all" : ""}`);
  };
  return { clock, stop, told, take };
}

test("files that load in time are told together, as soon as the last one has", async () => {
  const { clock, told, take } = inspecting({ a: 10, b: 300, c: 700 });
  void take();
  await clock.advance(2_000);
  assert.deepEqual(told, ["a b c at 700, all"]);
});

test("a file that blocks is told later: half a second of nothing is enough to tell the others", async () => {
  const { clock, told, take } = inspecting({ a: 10, blocks: 10_000, b: 20 });
  void take().then(take);
  await clock.advance(9_999);
  assert.deepEqual(told, ["a b at 520"]);
  await clock.advance(1);
  assert.deepEqual(told, ["a b at 520", "blocks at 10000, all"]);
});

test("as long as there is nothing to tell, nothing is told", async () => {
  const { clock, told, take } = inspecting({ blocks: 10_000 });
  void take();
  await clock.advance(10_000);
  assert.deepEqual(told, ["blocks at 10000, all"]);
});

test("what ends while nobody asks is told at the next question", async () => {
  const { clock, told, take } = inspecting({ a: 10, slow: 600, slower: 700 });
  void take();
  await clock.advance(2_000);
  await take();
  assert.deepEqual(told, ["a at 510", "slow slower at 2000, all"]);
});

test("the signal gives up what has not loaded", async () => {
  const { clock, stop, told, take } = inspecting({ a: 10, blocks: 10_000 });
  void take();
  await clock.advance(100);
  stop.abort();
  await settle();
  assert.deepEqual(told, ["a at 100, all"]);
});

test("nothing to inspect is over at once", async () => {
  const { told, take } = inspecting({});
  await take();
  assert.deepEqual(told, ["nothing at 0, all"]);
});
