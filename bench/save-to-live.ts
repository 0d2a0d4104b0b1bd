/** From the return of the write that saves a handler to the first record that the new code logs, under a steady stream of events. */
import { setTimeout as sleep } from "node:timers/promises";
import { BenchedInformd } from "./informd.ts";
import type { BenchOptions } from "./options.ts";
import { ReplayServer } from "./replay/replay-server.ts";
import { table } from "./table.ts";

const PODS = 100;
const EVENT_INTERVAL_MS = 2;
/** Between two saves: the next spare process is ready by then. */
const PAUSE_MS = 500;
const FILE = "saved.ts";

export async function saveToLive({ saves = 100 }: BenchOptions): Promise<string> {
  await using server = await ReplayServer.start(PODS);
  const rows: string[][] = [];
  for (const handlers of [1, 20]) {
    const times = await measureSaves(server, handlers, saves);
    rows.push([String(handlers), ...[0, 0.5, 0.9, 0.99, 1].map((part) => percentile(times, part).toFixed(0))]);
  }
  const head = ["handlers", "min, ms", "p50, ms", "p90, ms", "p99, ms", "max, ms"];
  return `${saves} saves of one of them, an event every ${EVENT_INTERVAL_MS} ms\n\n${table(head, rows)}`;
}

async function measureSaves(server: ReplayServer, handlers: number, saves: number): Promise<number[]> {
  const idle = Array.from({ length: handlers - 1 }, (_, i) => [`idle-${i}.ts`, IDLE_HANDLER] as const);
  const files = { ...Object.fromEntries(idle), [FILE]: savedHandler(0) };
  await using informd = new BenchedInformd(server.url, files, ["--watch"]);
  await informd.process.log({ msg: "ready" });
  await server.update(Number.MAX_SAFE_INTEGER, EVENT_INTERVAL_MS);
  const firstEvent = (save: number): Promise<unknown> =>
    informd.process.until(`save ${save}`, () => informd.process.lines.findLast(({ data }) => data?.["save"] === save));
  await firstEvent(0);
  const times: number[] = [];
  for (let save = 1; save <= saves; save++) {
    await sleep(PAUSE_MS);
    informd.save(FILE, savedHandler(save));
    const savedAt = performance.now();
    await firstEvent(save);
    times.push(performance.now() - savedAt);
  }
  return times;
}

function savedHandler(save: number): string {
  return `
    import { on } from "informd";
    let isFirst = true;
    export default on("pods", { events: ["updated"] }, (_event, { log }) => {
      if (isFirst) log.info("first event", { save: ${save} });
      isFirst = false;
    });
  `;
}

const IDLE_HANDLER = `
  import { on } from "informd";
  export default on("pods", { events: ["deleted"] }, () => {});
`;

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
