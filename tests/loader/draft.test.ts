import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { createBundler } from "#loader/build/bundler.ts";
import { ChangeFeed } from "#loader/directory/change-feed.ts";
import { Draft } from "#loader/directory/draft.ts";
import { createFileLoader } from "#loader/file-loader.ts";
import type { Inspect } from "#loader/inspect.ts";
import { KnownFiles } from "#loader/directory/known-files.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";
import { inspectInVm } from "../support/inspect-in-vm.ts";

const FIRST = "export default () => 'first';\n";
const SECOND = "export default () => 'second';\n";

/** A folder that was loaded once, and a draft of what is saved there next. */
async function draftOf(context: TestContext, files: Readonly<Record<string, string>>, inspect: Inspect = inspectInVm) {
  const { signal } = context;
  const folder = handlersFolder(context, files);
  const [clock, known] = [new FakeClock(), new KnownFiles()];
  const feed = new ChangeFeed(clock);
  const bundled: (readonly string[])[] = [];
  const inspected: string[] = [];
  const bundle = createBundler({ root: folder.root, ...CHECKOUT_PATHS });
  const loader = createFileLoader({
    clock,
    bundle: (names) => {
      if (names.length > 0) bundled.push(names);
      return bundle(names);
    },
    inspect: (program, engine, stop) => {
      inspected.push(program.file);
      return inspect(program, engine, stop);
    },
  });
  const parts = { root: folder.root, known, feed, loader, seenAt: 0 };
  const before = new Draft(parts);
  await before.bundle(new Set());
  await before.inspect(signal);
  known.absorb(before.listing, before.outcomes, 0, "prompt");
  bundled.length = 0;
  inspected.length = 0;
  const draft = new Draft(parts);
  const save = (file: string, text: string): Promise<void> => {
    folder.write(file, text);
    feed.touch(folder.path(file));
    return draft.bundle(feed.take().paths);
  };
  return { folder, feed, draft, bundled, inspected, save, signal };
}

function outcomesOf(draft: Draft): string[] {
  return [...draft.outcomes].map(([file, { type }]) => `${file} ${type}`);
}

test("draft bundles what was touched and holds something else, and nothing more", async (context) => {
  const { draft, bundled, save, signal } = await draftOf(context, { "a-added.ts": FIRST, "b-added.ts": FIRST });
  await save("b-added.ts", FIRST);
  assert.deepEqual(bundled, []);
  await save("a-added.ts", SECOND);
  await draft.inspect(signal);
  assert.deepEqual([bundled, outcomesOf(draft)], [[["a-added.ts"]], ["a-added.ts loaded"]]);
});

test("draft keeps what it has when a touch changes nothing", async (context) => {
  const { draft, bundled, inspected, save, signal } = await draftOf(context, { "a-added.ts": FIRST });
  await save("a-added.ts", SECOND);
  await draft.guess(signal);
  await save("a-added.ts", SECOND);
  await draft.guess(signal);
  await draft.inspect(signal);
  assert.deepEqual([bundled, inspected, outcomesOf(draft)], [[["a-added.ts"]], ["a-added.ts"], ["a-added.ts loaded"]]);
});

test("draft throws away what it has when the save goes on", async (context) => {
  const { draft, bundled, save, signal } = await draftOf(context, { "a-added.ts": FIRST });
  await save("a-added.ts", SECOND);
  await draft.guess(signal);
  await save("a-added.ts", "export default () => 'third';\n");
  assert.deepEqual(outcomesOf(draft), []);
  await draft.inspect(signal);
  const outcome = draft.outcomes.get("a-added.ts");
  assert.match((outcome?.type === "loaded" && outcome.revisions[0]?.bundle.code) || "", /third/);
  assert.equal(bundled.length, 2);
});

test("draft of a save that comes back to what serves is empty", async (context) => {
  const { draft, save, signal } = await draftOf(context, { "a-added.ts": FIRST });
  await save("a-added.ts", SECOND);
  await draft.guess(signal);
  await save("a-added.ts", FIRST);
  await draft.inspect(signal);
  assert.deepEqual(outcomesOf(draft), []);
});

test("draft bundles a broken file again whatever is touched: it may be what was missing", async (context) => {
  const { draft, save, signal } = await draftOf(context, { "a-added.ts": FIRST });
  await save("a-added.ts", 'import "./_missing.ts";\nexport default () => {};\n');
  await save("_missing.ts", "export {};\n");
  await draft.inspect(signal);
  assert.deepEqual(outcomesOf(draft), ["a-added.ts loaded"]);
});

test("draft guesses that a save is over once, for one file that is neither empty nor broken", async (context) => {
  const { draft, inspected, save, signal } = await draftOf(context, { "a-added.ts": FIRST, "b-added.ts": FIRST });
  for (const text of ["", "export default () => {\n"]) {
    await save("a-added.ts", text);
    await draft.guess(signal);
  }
  assert.deepEqual(inspected, []);
  await save("a-added.ts", SECOND);
  await draft.guess(signal);
  assert.deepEqual(inspected, ["a-added.ts"]);
  await save("a-added.ts", `${SECOND}export const more = 1;\n`);
  await draft.guess(signal);
  assert.deepEqual(inspected, ["a-added.ts"]);
});

test("draft of several files inspects none of them before the save is over", async (context) => {
  const { draft, inspected, save, signal } = await draftOf(context, { "a-added.ts": FIRST, "b-added.ts": FIRST });
  await save("a-added.ts", SECOND);
  await save("b-added.ts", SECOND);
  await draft.guess(signal);
  assert.deepEqual(inspected, []);
  await draft.inspect(signal);
  assert.deepEqual(outcomesOf(draft), ["a-added.ts loaded", "b-added.ts loaded"]);
});

test("inspection ends when its file turns out to hold something else, and not when it is only touched", async (context) => {
  let stopped: AbortSignal | undefined;
  const inspect: Inspect = (program, engine, signal) => {
    if (!program.code.includes("for (; ; )")) return inspectInVm(program, engine, signal);
    stopped = signal;
    return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const { folder, feed, draft, save, signal } = await draftOf(context, { "a-added.ts": FIRST }, inspect);
  await save("a-added.ts", "for (;;);\nexport default () => {};\n");
  const guess = draft.guess(signal);
  feed.touch(folder.path("a-added.ts"));
  for (let turn = 0; turn < 20; turn++) await settle();
  assert.equal(stopped?.aborted, false);
  folder.write("a-added.ts", SECOND);
  feed.touch(folder.path("a-added.ts"));
  await guess;
  assert.deepEqual(outcomesOf(draft), []);
});
