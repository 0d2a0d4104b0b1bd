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
  const take = async (patient: boolean): Promise<void> => {
    const ended = await inspections.next(patient);
    told.push(`${[...ended.keys()].join(" ") || "nothing"} at ${clock.monotonic()}`);
  };
  return { clock, stop, inspections, told, take };
}

test("files that load in time are told together, as soon as the last one has", async () => {
  const { clock, inspections, told, take } = inspecting({ a: 10, b: 300, c: 700 });
  void take(true);
  await clock.advance(2_000);
  assert.deepEqual([told, inspections.isOver], [["a b c at 700"], true]);
});

test("a file that blocks is told later: half a second of nothing is enough to tell the others", async () => {
  const { clock, inspections, told, take } = inspecting({ a: 10, blocks: 10_000, b: 20 });
  void take(true).then(() => take(true));
  await clock.advance(9_999);
  assert.deepEqual([told, inspections.isOver], [["a b at 520"], false]);
  await clock.advance(1);
  assert.deepEqual([told, inspections.isOver], [["a b at 520", "blocks at 10000"], true]);
});

test("whoever is patient waits until there is something to tell; who is not hears of a stall too", async () => {
  const patient = inspecting({ blocks: 10_000 });
  void patient.take(true);
  await patient.clock.advance(10_000);
  assert.deepEqual(patient.told, ["blocks at 10000"]);
  const impatient = inspecting({ blocks: 10_000 });
  void impatient.take(false);
  await impatient.clock.advance(500);
  assert.deepEqual(impatient.told, ["nothing at 500"]);
});

test("the signal gives up what has not loaded", async () => {
  const { clock, stop, inspections, told, take } = inspecting({ a: 10, blocks: 10_000 });
  void take(true);
  await clock.advance(100);
  stop.abort();
  await settle();
  assert.deepEqual([told, inspections.isOver], [["a at 100"], true]);
});

test("nothing to inspect is over at once", async () => {
  const { told, take } = inspecting({});
  await take(true);
  assert.deepEqual(told, ["nothing at 0"]);
});
