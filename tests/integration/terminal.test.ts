import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { test, type TestContext } from "node:test";
import { freshCheckout } from "../support/fresh-checkout.ts";
import { missingOnScreen } from "../support/readme-transcript.ts";
import { alive, descendantsOf } from "../support/processes.ts";
import { skipWithoutTmux, TmuxTerminal } from "../support/tmux-terminal.ts";

const HANDLER = "handlers/pod-added.ts";
const SAVED = /^[\d:.]{12} pod-added\.ts {2}built [\d.]+ m?s · live [\d.]+ m?s$/m;
/** On a machine that does much else, and with nothing compiled before. */
const START_MS = 120_000;

test(
  "npm run dev in a fresh clone: events at once, saves live, broken ones shown, and Ctrl-C gives the prompt back",
  { skip: skipWithoutTmux },
  async (context: TestContext) => {
    using clone = freshCheckout();
    const good = readFileSync(join(clone.path, HANDLER), "utf8");
    await using terminal = await TmuxTerminal.open(clone.path, { columns: 100, rows: 40 });

    const startedAt = performance.now();
    await terminal.enter("npm run dev");
    await terminal.until(/^cluster {3}https:\/\/127\.0\.0\.1:\d+ \(embedded, activity calm\)$/m, START_MS);
    await terminal.until(/^kubectl {3}kubectl --kubeconfig \.informd\/kubeconfig get pods -A$/m);
    await terminal.until(/^[\d:.]{12} pod-added initial demo\/\S+ done \d+ ms\n {4}pod added name=/m, START_MS);
    context.diagnostic(`first event ${((performance.now() - startedAt) / 1000).toFixed(1)} s after npm run dev`);

    clone.write(HANDLER, good.replace('"pod added"', '"hello"'));
    await terminal.until(SAVED);
    await terminal.until(/^[\d:.]{12} pod-added live demo\/\S+ done \d+ ms\n {4}hello name=/m);

    clone.write(HANDLER, good.replace("const app =", "const app =="));
    await terminal.until(/^[\d:.]{12} pod-added does not load\n {4}handlers\/pod-added\.ts:6:13 Expected ";" but/m);
    await terminal.until(/^ {6}> 6 │ {3}const app == labels\?\.\["app"\];\n {10}│ {13}\^\^$/m);
    await terminal.until(/^ {4}still running the revision of \d\d:\d\d:\d\d$/m);
    await terminal.until(/^[\d:.]{12} pod-added live demo\/\S+ done \d+ ms\n {4}hello name=/m);

    clone.write(HANDLER, good.replace('"pod added"', '"hello"'));
    await terminal.until(/^[\d:.]{12} pod-added loads again, and is what runs already$/m);
    clone.write(HANDLER, good.replace('"pod added"', '"mended"'));
    await terminal.until(SAVED);
    await terminal.until(/^[\d:.]{12} pod-added live demo\/\S+ done \d+ ms\n {4}mended name=/m);

    const processes = await descendantsOf(await terminal.pid());
    assert.ok(processes.length >= 2, "npm, informd and the handlers' processes run");
    const pressedAt = performance.now();
    await terminal.pressCtrlC();
    await terminal.until(/^[\d:.]{12} stopping$/m);
    await terminal.untilPrompt(START_MS);
    const tookMs = performance.now() - pressedAt;
    context.diagnostic(`the prompt is back ${tookMs.toFixed(0)} ms after Ctrl-C`);
    assert.ok(tookMs < 2000 * crowding(), `${tookMs} ms`);
    const endAt = performance.now() + 2000 * crowding();
    while ((await alive(processes)).length > 0 && performance.now() < endAt) await delay(100);
    assert.deepEqual(await alive(processes), []);
    const text = await terminal.text();
    assert.doesNotMatch(text, /\^C/);
    assert.deepEqual(missingOnScreen(text), [], "the README's transcript is what a person sees");
  },
);

/** How many want each processor; at least 1. */
function crowding(): number {
  return Math.max(1, (loadavg()[0] ?? 1) / availableParallelism());
}
