import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import * as fc from "fast-check";
import { sleep } from "#kernel/clock.ts";
import type { BundleResult } from "#loader/build/bundler.ts";
import { contentHash } from "#loader/content-hash.ts";
import { createFileLoader } from "#loader/file-loader.ts";
import { HandlersDirectory } from "#loader/directory/handlers-directory.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { handlersFolder, type HandlersFolder } from "../support/handlers-folder.ts";

const FILE = "pod-added.ts";
const QUIET_MS = 20;

/** The file is written after so many milliseconds; the watcher hears of it a little later. */
interface Write {
  readonly afterMs: number;
  readonly heardMs: number;
  readonly empty: boolean;
}

const WRITES = fc.array(
  fc.record({
    // All of them together are shorter than the longest save.
    afterMs: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 15, max: 60 })),
    heardMs: fc.integer({ min: 0, max: 3 }),
    empty: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

interface Pace {
  readonly bundleMs: number;
  readonly inspectMs: number;
}

const PACES = fc.record({ bundleMs: fc.integer({ min: 0, max: 40 }), inspectMs: fc.integer({ min: 0, max: 40 }) });

/** What was on disk from when on, and how long nothing was heard of it after that. */
interface Content {
  readonly text: string;
  readonly quietMs: number;
}

/** Lets the fake time pass, with room for real files to be read. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (let step = 0; step < ms; step++) {
    await clock.advance(1);
    for (let turn = 0; turn < 3; turn++) await settle();
  }
}

function loaderOf(clock: FakeClock, folder: HandlersFolder, { bundleMs, inspectMs }: Pace) {
  const bundle = async (file: string, signal: AbortSignal): Promise<BundleResult> => {
    const path = join(folder.root, file);
    const bytes = await readFile(path);
    await sleep(clock, bundleMs, signal);
    const code = String(bytes);
    const built = { id: contentHash(code), file, code, sourceMap: "", inputs: [path], warnings: [] };
    return { type: "built", bundle: built, sources: new Map([[path, contentHash(bytes)]]) };
  };
  const never = new AbortController().signal;
  return createFileLoader({
    clock,
    bundle: async (files) =>
      new Map(await Promise.all(files.map(async (file) => [file, await bundle(file, never)] as const))),
    inspect: async (_program, _engine, signal) => {
      await sleep(clock, inspectMs, signal);
      return { type: "loaded", module: { default: { type: "function" }, config: undefined } };
    },
  });
}

/** Plays a schedule. Returns what was told, and what could be told. */
async function play(folder: HandlersFolder, writes: readonly Write[], pace: Pace) {
  const clock = new FakeClock();
  let touch = (_path: string): void => {};
  const source = new HandlersDirectory(
    {
      clock,
      loader: loaderOf(clock, folder, pace),
      watchFiles: (_root, onTouch) => {
        touch = onTouch;
        return Promise.resolve({ follow: () => {}, close: () => Promise.resolve() });
      },
    },
    { root: folder.root, watch: true },
  );
  const stop = new AbortController();
  const told: string[] = [];
  const following = (async () => {
    for await (const { revisions } of source.batches(stop.signal))
      told.push(...revisions.map(({ bundle }) => bundle.code));
  })();
  while (told.length === 0) await pass(clock, 1);
  await pass(clock, 200);
  const contents: (Content & { heardAt: number })[] = [{ text: "text 0", quietMs: 200, heardAt: 0 }];
  for (const [at, { afterMs, heardMs, empty }] of writes.entries()) {
    await pass(clock, afterMs);
    const text = empty ? "" : `text ${at + 1}`;
    writeFileSync(folder.path(FILE), text);
    await pass(clock, heardMs);
    touch(folder.path(FILE));
    contents.push({ text, quietMs: 0, heardAt: clock.monotonic() });
  }
  // Real files take real time.
  const last = contents.at(-1)?.text;
  for (let turn = 0; turn < 500 && told.at(-1) !== last; turn++) await Promise.all([pass(clock, 5), wait(turn)]);
  await pass(clock, 500);
  stop.abort();
  const ended = following.then(() => true);
  while (!(await Promise.race([ended, pass(clock, 1)])));
  return {
    told,
    contents: contents.map(({ text, heardAt }, at) => ({
      text,
      quietMs: (contents[at + 1]?.heardAt ?? Infinity) - heardAt,
    })),
  };
}

test("only what was on disk in a silence of 20 ms is told, the last content at last, and nothing twice", async (context) => {
  const folder = handlersFolder(context, {});
  await fc.assert(
    fc.asyncProperty(WRITES, PACES, async (writes, pace) => {
      folder.write(FILE, "text 0");
      const { told, contents } = await play(folder, writes, pace);
      const quiet = contents.filter(({ quietMs }) => quietMs >= QUIET_MS).map(({ text }) => text);
      assert.deepEqual(
        told.filter((text) => !quiet.includes(text)),
        [],
      );
      assert.equal(told.at(-1), contents.at(-1)?.text);
      assert.deepEqual(
        told.filter((text, at) => text === told[at - 1]),
        [],
      );
    }),
    { seed: 20261128, numRuns: 150 },
  );
});
