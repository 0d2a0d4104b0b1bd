/** What long work does in ten minutes: writes, reloads and an API server that dies; whether anything is lost, and what is held. */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../tests/support/kube-api-server.ts";
import { BenchClient } from "./embedded/bench-client.ts";
import { BenchedInformd } from "./informd.ts";
import type { BenchOptions } from "./options.ts";
import { HandlerRecords } from "./soak/handler-records.ts";
import { PodChurn } from "./soak/pod-churn.ts";
import { Samples, type Sample } from "./soak/samples.ts";
import { handlerName, handlerSource } from "./soak/sharded-handler.ts";
import { table } from "./table.ts";

const WRITES = { perSecond: 200, writers: 16 };
const SAVE_EVERY_MS = 1000;
const OUTAGE_MS = 5000;
const SETTLING_MS = 120_000;
const SAMPLES = 10;
const SHOWN_LOSSES = 10;

type SoakOptions = Required<Pick<BenchOptions, "minutes" | "pods" | "handlers">>;

export async function soak({ minutes = 10, pods = 2000, handlers = 20 }: BenchOptions): Promise<string> {
  if (skipWithoutApiServer !== false) return `Not run: it ${skipWithoutApiServer}.`;
  const server = await startKubeApiServer();
  try {
    return await soakOn(server, { minutes, pods, handlers });
  } finally {
    await server.stop();
  }
}

async function soakOn(server: KubeApiServer, options: SoakOptions): Promise<string> {
  const { url, token, caFile, kubeconfigPath } = server;
  const { minutes, pods, handlers } = options;
  using client = new BenchClient({ server: url, token, ca: readFileSync(caFile, "utf8") }, WRITES.writers);
  const churn = new PodChurn(client, { shards: handlers });
  await churn.fill(pods, WRITES.writers);
  const files = Object.fromEntries(Array.from({ length: handlers }, (_, index) => fileOf(index, handlers, 0)));
  await using informd = new BenchedInformd({ kubeconfig: kubeconfigPath }, files, { flags: ["--watch"] });
  await informd.process.log({ msg: "ready" });
  const records = new HandlerRecords(informd.process, handlers);
  const samples = new Samples(informd.process.pid);
  const durationMs = minutes * 60_000;
  const ended = new AbortController();
  const [saves] = await Promise.all([
    saveNowAndThen(informd, handlers, ended.signal),
    churn.run(WRITES, ended.signal),
    samples.every(durationMs / SAMPLES, ended.signal),
    dieTwice(server, durationMs).finally(() => ended.abort()),
  ]);
  const missing = await records.settle(churn, SETTLING_MS);
  const swaps = informd.process.where({ msg: "handler live" }).length - handlers;
  return [
    `${minutes} minutes: ${pods} pods, ${handlers} handlers, ${churn.writes} writes, ${saves} saves, the API server killed twice for ${OUTAGE_MS / 1000} s`,
    outcomeOf(records, { missing, swaps, warnings: warningsOf(informd) }),
    table(["minute", "host, MB", "open files", "CPU, %", "processes", "their memory, MB"], rowsOf(samples.taken)),
  ].join("\n\n");
}

function fileOf(index: number, handlers: number, save: number): [file: string, source: string] {
  return [`${handlerName(index)}.ts`, handlerSource(index, handlers, save)];
}

/** Resolves with how often. */
async function saveNowAndThen(informd: BenchedInformd, handlers: number, signal: AbortSignal): Promise<number> {
  for (let save = 1; ; save++) {
    await delay(SAVE_EVERY_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return save - 1;
    informd.save(...fileOf(save % handlers, handlers, save));
  }
}

async function dieTwice(server: KubeApiServer, durationMs: number): Promise<void> {
  for (let death = 0; death < 2; death++) {
    await delay(durationMs / 3);
    await server.killApiServer();
    await delay(OUTAGE_MS);
    await server.startApiServer();
  }
  await delay(durationMs / 3);
}

interface Findings {
  readonly missing: readonly string[];
  readonly swaps: number;
  readonly warnings: string;
}

function outcomeOf(
  { runs, doubled, outOfOrder, unseen, causes }: HandlerRecords,
  { missing, swaps, warnings }: Findings,
): string {
  const rows = [
    ["runs", String(runs)],
    ["by cause", [...causes].map(([cause, count]) => `${cause} ${count}`).join(", ")],
    ["lost", String(missing.length)],
    ["pods that came and went while the API server was away", String(unseen)],
    ["doubled", String(doubled)],
    ["out of order", String(outOfOrder)],
    ["swaps", String(swaps)],
    ["warnings and errors", warnings],
  ];
  return [table(["", "seen"], rows), ...missing.slice(0, SHOWN_LOSSES)].join("\n");
}

function warningsOf({ process }: BenchedInformd): string {
  const told = process.lines.filter(({ level }) => level === "warn" || level === "error");
  const counts = Map.groupBy(told, ({ msg }) => msg)
    .entries()
    .map(([msg, lines]) => `${msg} ${lines.length}`);
  return [...counts].join(", ") || "none";
}

function rowsOf(samples: readonly Sample[]): string[][] {
  return samples.map(({ atMs, hostMb, hostFds, hostCpuMs, processes, processesMb }, index) => {
    const before = samples[index - 1];
    const cpu = before ? (100 * (hostCpuMs - before.hostCpuMs)) / (atMs - before.atMs) : Number.NaN;
    const share = before ? cpu.toFixed(0) : "";
    return [
      (atMs / 60_000).toFixed(1),
      hostMb.toFixed(0),
      String(hostFds),
      share,
      String(processes),
      processesMb.toFixed(0),
    ];
  });
}
