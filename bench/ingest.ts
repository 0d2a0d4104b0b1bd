/** The way of pods into the cache and to one handler that counts, beside client-node's informer on the same server. */
import { join } from "node:path";
import { Child } from "./child.ts";
import type { IngestResult } from "./ingest/measure.ts";
import type { BenchOptions } from "./options.ts";
import { ReplayServer } from "./replay/replay-server.ts";
import { median, spread, table } from "./table.ts";

const CLIENTS = ["informd", "client-node"] as const;

type Client = (typeof CLIENTS)[number];

export async function ingest({ pods = 50_000, updates = 100_000, rounds = 3 }: BenchOptions): Promise<string> {
  const results: Record<Client, IngestResult[]> = { informd: [], "client-node": [] };
  await using server = await ReplayServer.start(pods);
  for (let round = 0; round < rounds; round++) {
    for (const client of CLIENTS) results[client].push(await measure(client, server, updates));
  }
  const size = `${pods} pods of ${server.podBytes} bytes, then ${updates} updates; ${rounds} rounds, median (min–max)`;
  return `${size}\n\n${tableOf(results.informd, results["client-node"])}`;
}

async function measure(client: Client, server: ReplayServer, updates: number): Promise<IngestResult> {
  const program = join(import.meta.dirname, "ingest", `${client}-client.ts`);
  const child = new Child(["--expose-gc", program, server.url, String(updates)]);
  const result: IngestResult = JSON.parse(await child.firstLine);
  await child.stop();
  return result;
}

const ROWS: readonly {
  readonly name: string;
  readonly of: (result: IngestResult) => number;
  readonly digits: number;
}[] = [
  { name: "start → synced, ms", of: ({ syncMs }) => syncMs, digits: 0 },
  { name: "CPU until synced, ms", of: ({ syncCpuMs }) => syncCpuMs, digits: 0 },
  { name: "CPU per update, µs", of: ({ cpuUsPerEvent }) => cpuUsPerEvent, digits: 1 },
  { name: "updates per CPU second", of: ({ cpuUsPerEvent }) => 1e6 / cpuUsPerEvent, digits: 0 },
  { name: "resident per pod after sync, KB", of: ({ kbPerPodAfterSync }) => kbPerPodAfterSync, digits: 1 },
  { name: "resident per pod after the updates, KB", of: ({ kbPerPodAfterUpdates }) => kbPerPodAfterUpdates, digits: 1 },
  { name: "peak resident, MB", of: ({ peakMb }) => peakMb, digits: 0 },
];

function tableOf(informd: readonly IngestResult[], clientNode: readonly IngestResult[]): string {
  const rows = ROWS.map(({ name, of, digits }) => {
    const [ours, theirs] = [informd.map(of), clientNode.map(of)];
    return [name, spread(ours, digits), spread(theirs, digits), (median(ours) / median(theirs)).toFixed(2)];
  });
  return table(["", "informd", "client-node", "informd ÷ client-node"], rows);
}
