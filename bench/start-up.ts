/** What `informd` costs before the first event. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { BenchedInformd } from "./informd.ts";
import type { BenchOptions } from "./options.ts";
import { cpuMsOf, residentMbOf } from "./process-cost.ts";
import { ReplayServer } from "./replay/replay-server.ts";
import { spread, table } from "./table.ts";

const MAIN = join(import.meta.dirname, "..", "runtime", "cli", "main.ts");
const HANDLER = 'import { on } from "informd";\nexport default on("pods", () => {});\n';

export async function startUp({ rounds = 5, handlers = 1 }: BenchOptions): Promise<string> {
  await using server = await ReplayServer.start(1);
  const version: number[] = [];
  const starts: Start[] = [];
  for (let round = 0; round < rounds; round++) {
    version.push(printVersion());
    starts.push(await start(server, handlers));
  }
  const rows = [
    ["`--version`, ms", spread(version, 0)],
    [
      "`start` → ready, ms",
      spread(
        starts.map(({ readyMs }) => readyMs),
        0,
      ),
    ],
    [
      "CPU of the host until ready, ms",
      spread(
        starts.map(({ cpuMs }) => cpuMs),
        0,
      ),
    ],
    [
      "host resident when ready, MB",
      spread(
        starts.map(({ residentMb }) => residentMb),
        0,
      ),
    ],
  ];
  return `${handlers === 1 ? "one handler" : `${handlers} handlers`}, one pod; ${rounds} rounds, median (min–max)\n\n${table(["", "informd"], rows)}`;
}

function printVersion(): number {
  const startedAt = performance.now();
  spawnSync(process.execPath, [MAIN, "--version"]);
  return performance.now() - startedAt;
}

interface Start {
  readonly readyMs: number;
  readonly cpuMs: number;
  readonly residentMb: number;
}

async function start(server: ReplayServer, handlers: number): Promise<Start> {
  const files = Object.fromEntries(Array.from({ length: handlers }, (_, i) => [`does-nothing-${i}.ts`, HANDLER]));
  const startedAt = performance.now();
  await using informd = new BenchedInformd(server.url, files);
  await informd.process.log({ msg: "ready" });
  const { pid } = informd.process;
  return { readyMs: performance.now() - startedAt, cpuMs: cpuMsOf(pid), residentMb: residentMbOf(pid) };
}
