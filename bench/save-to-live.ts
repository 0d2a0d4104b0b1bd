/** From the return of the write that saves a handler to the first record that the new code logs, under a steady stream of events. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { BenchedInformd } from "./informd.ts";
import type { BenchOptions } from "./options.ts";
import { ReplayServer } from "./replay/replay-server.ts";
import { IDLE_HANDLER, savedHandler } from "./save-to-live/handlers.ts";
import { SAVED_FILE, splitOf, type Save } from "./save-to-live/stages.ts";
import { percentile, table } from "./table.ts";

const PODS = 100;
const EVENT_INTERVAL_MS = 2;
/** Between two saves: the next spare process is ready by then. */
const PAUSE_MS = 500;
const HANDLERS = [1, 20, 200];
const NOTE_STAGES = pathToFileURL(join(import.meta.dirname, "save-to-live", "note-stages.ts")).href;

export async function saveToLive({ saves = 100, handlers }: BenchOptions): Promise<string> {
  await using server = await ReplayServer.start(PODS);
  const results: Saves[] = [];
  for (const count of handlers === undefined ? HANDLERS : [handlers]) {
    results.push(await measureSaves(server, count, saves));
  }
  return [
    `${saves} saves of one of them, an event every ${EVENT_INTERVAL_MS} ms\n`,
    table(
      ["handlers", "min, ms", "p50, ms", "p90, ms", "p99, ms", "max, ms"],
      results.map((one) => [`${one.handlers}`, ...[0, 0.5, 0.9, 0.99, 1].map((p) => percentile(one.times, p))]),
    ),
    "\nTime until each stage since the one before, p50 / p90 / max ms:\n",
    table(
      ["handlers", ...(results[0]?.split.keys() ?? [])],
      results.map(({ handlers: count, split }) => [
        `${count}`,
        ...Array.from(split.values(), (times) => [0.5, 0.9, 1].map((part) => percentile(times, part, 1)).join(" / ")),
      ]),
    ),
  ].join("\n");
}

interface Saves {
  readonly handlers: number;
  readonly times: readonly number[];
  readonly split: ReadonlyMap<string, readonly number[]>;
}

async function measureSaves(server: ReplayServer, handlers: number, count: number): Promise<Saves> {
  const idle = Array.from({ length: handlers - 1 }, (_, i) => [`idle-${i}.ts`, IDLE_HANDLER] as const);
  const files = { ...Object.fromEntries(idle), [SAVED_FILE]: savedHandler(0) };
  const env = { ...process.env, NODE_OPTIONS: `--import ${NOTE_STAGES}` };
  await using informd = new BenchedInformd(server.url, files, { flags: ["--watch"], env });
  await informd.process.log({ msg: "ready" });
  await server.update(Number.MAX_SAFE_INTEGER, EVENT_INTERVAL_MS);
  const firstEvent = (save: number): Promise<unknown> =>
    informd.process.until(`save ${save}`, () => informd.process.lines.findLast(({ data }) => data?.["save"] === save));
  await firstEvent(0);
  const saves: Save[] = [];
  for (let save = 1; save <= count; save++) {
    await sleep(PAUSE_MS);
    informd.save(SAVED_FILE, savedHandler(save));
    const at = epochMs();
    await firstEvent(save);
    saves.push({ at, live: epochMs() });
  }
  await informd.process.stop();
  const times = saves.map(({ at, live }) => live - at);
  return { handlers, times, split: splitOf(informd.process.stderr, saves) };
}

/** With fractions, and the same in every process. */
function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
