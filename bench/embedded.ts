/** What the embedded cluster does in a second, and what it costs. */
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Child } from "./child.ts";
import { atOnce, BenchClient, type BenchedCluster } from "./embedded/bench-client.ts";
import type { BenchOptions } from "./options.ts";
import { cpuMsOf, residentMbOf } from "./process-cost.ts";
import { spread, table } from "./table.ts";

const SERVER = join(import.meta.dirname, "embedded", "server.ts");
const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
const CONNECTIONS = 8;
const WATCHERS = 50;
const CREATES = 5000;
const CHANGES = 2000;
/** More than the history holds. */
const WINDOW_CHANGES = 25_000;

interface Round {
  readonly startMs: number;
  readonly creates: Rate;
  readonly events: Rate;
  readonly windowMb: number;
}

interface Rate {
  readonly perSecond: number;
  /** With the server's process alone on a processor. */
  readonly perCpuSecond: number;
}

export async function embedded({ rounds = 3 }: BenchOptions): Promise<string> {
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await measure());
  const row = (name: string, value: (round: Round) => number): string[] => [name, spread(measured.map(value), 0)];
  const rows = [
    row("start, ms", ({ startMs }) => startMs),
    row("creates per second", ({ creates }) => creates.perSecond),
    row("creates per CPU second of the server", ({ creates }) => creates.perCpuSecond),
    row(`events per second to ${WATCHERS} watches`, ({ events }) => events.perSecond),
    row("the same per CPU second of the server", ({ events }) => events.perCpuSecond),
    row(`resident after ${WINDOW_CHANGES} changes of 1 KB, MB`, ({ windowMb }) => windowMb),
  ];
  return `${rounds} rounds, median (min–max)\n\n${table(["", "embedded cluster"], rows)}`;
}

async function measure(): Promise<Round> {
  const child = new Child([SERVER]);
  try {
    const cluster: BenchedCluster = JSON.parse(await child.firstLine);
    using client = new BenchClient(cluster, CONNECTIONS);
    const creates = await rate(cluster, CREATES, () =>
      atOnce(CREATES, CONNECTIONS, (index) => client.send("POST", CONFIG_MAPS, configMap(`c-${index}`, "x"))),
    );
    const events = await fanOut(cluster, client);
    const filler = "x".repeat(1000);
    await change(client, WINDOW_CHANGES, (index) => `${index} ${filler}`);
    return { startMs: cluster.startMs, creates, events, windowMb: residentMbOf(cluster.pid) };
  } finally {
    await child.stop();
  }
}

async function fanOut(cluster: BenchedCluster, client: BenchClient): Promise<Rate> {
  using watching = new BenchClient(cluster, WATCHERS);
  const seen = { events: 0, ended: 0 };
  const heard = { line: () => void seen.events++, end: () => void seen.ended++ };
  await atOnce(WATCHERS, WATCHERS, () => watching.watch(CONFIG_MAPS, heard));
  const until = async (events: number): Promise<void> => {
    while (seen.events < events) {
      if (seen.ended > 0)
        throw new Error(
          "Cannot measure: watches ended, because this client reads too slowly. Try again when the machine does less.",
        );
      await delay(1);
    }
  };
  const initial = WATCHERS * (CREATES + ROOT_CERTIFICATES);
  await until(initial);
  // Awaited here: the watches are closed when this function returns.
  return await rate(cluster, WATCHERS * CHANGES, async () => {
    await change(client, CHANGES, String);
    await until(initial + WATCHERS * CHANGES);
  });
}

/** The ConfigMap that every namespace has. */
const ROOT_CERTIFICATES = 1;

function change(client: BenchClient, count: number, text: (index: number) => string): Promise<void> {
  return atOnce(count, CONNECTIONS, (index) =>
    client.send(
      "PATCH",
      `${CONFIG_MAPS}/c-${index % 100}`,
      { data: { text: text(index) } },
      "application/merge-patch+json",
    ),
  );
}

async function rate({ pid }: BenchedCluster, count: number, work: () => Promise<void>): Promise<Rate> {
  const [startedAt, cpuBefore] = [performance.now(), cpuMsOf(pid)];
  await work();
  const [wallMs, cpuMs] = [performance.now() - startedAt, cpuMsOf(pid) - cpuBefore];
  return { perSecond: (count * 1000) / wallMs, perCpuSecond: (count * 1000) / cpuMs };
}

function configMap(name: string, text: string): unknown {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { text } };
}
