/** From kubelet's rename of `..data` to the first record that the new code logs, under a steady stream of events. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InformdProcess } from "../tests/support/informd-process.ts";
import { KubeletVolume } from "../tests/support/kubelet-volume.ts";
import type { BenchOptions } from "./options.ts";
import { writeReplayKubeconfig } from "./replay/kubeconfig.ts";
import { ReplayServer } from "./replay/replay-server.ts";
import { IDLE_HANDLER, savedHandler } from "./save-to-live/handlers.ts";
import { percentile, table } from "./table.ts";

const PODS = 100;
const EVENT_INTERVAL_MS = 2;
/** Between two swaps: the next spare process is ready by then. */
const PAUSE_MS = 500;
const HANDLERS = [1, 20];
const CHANGED_KEY = "changed.ts";
const WAIT_MS = 5 * 60_000;

export async function swapToLive({ saves = 100, handlers }: BenchOptions): Promise<string> {
  await using server = await ReplayServer.start(PODS);
  const rows: string[][] = [];
  for (const count of handlers === undefined ? HANDLERS : [handlers]) {
    const times = await measureSwaps(server, count, saves);
    rows.push([`${count}`, ...[0, 0.5, 0.9, 0.99, 1].map((part) => percentile(times, part))]);
  }
  const head = ["handlers", "min, ms", "p50, ms", "p90, ms", "p99, ms", "max, ms"];
  return `${saves} swaps of a mounted ConfigMap that change one of them, an event every ${EVENT_INTERVAL_MS} ms\n\n${table(head, rows)}`;
}

async function measureSwaps(server: ReplayServer, handlers: number, count: number): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), "informd-bench-"));
  const idle = Object.fromEntries(Array.from({ length: handlers - 1 }, (_, i) => [`idle-${i}.ts`, IDLE_HANDLER]));
  const volume = new KubeletVolume(join(folder, "handlers"), { ...idle, [CHANGED_KEY]: savedHandler(0) });
  const args = [
    "start",
    "--kubeconfig",
    writeReplayKubeconfig(folder, server.url),
    "--handlers",
    volume.path,
    "--listen",
    "none",
  ];
  await using informd = new InformdProcess(args, { cwd: folder, waitMs: WAIT_MS });
  await informd.log({ msg: "ready" });
  await server.update(Number.MAX_SAFE_INTEGER, EVENT_INTERVAL_MS);
  const firstEvent = (save: number): Promise<unknown> =>
    informd.until(`swap ${save}`, () => informd.lines.findLast(({ data }) => data?.["save"] === save));
  await firstEvent(0);
  const times: number[] = [];
  for (let swap = 1; swap <= count; swap++) {
    await sleep(PAUSE_MS);
    volume.write({ ...idle, [CHANGED_KEY]: savedHandler(swap) }, { stopAfter: "swapped" });
    const at = performance.now();
    await firstEvent(swap);
    times.push(performance.now() - at);
    volume.resume();
  }
  await informd.stop();
  rmSync(folder, { recursive: true });
  return times;
}
