/** Updates from the API server's socket through host and sandbox until a handler that does nothing has finished them. */
import { BenchedInformd } from "./informd.ts";
import type { BenchOptions } from "./options.ts";
import { childrenOf, cpuMsOf, residentMbOf } from "./process-cost.ts";
import { ReplayServer } from "./replay/replay-server.ts";
import { spread, table } from "./table.ts";

interface Pass {
  readonly eventsPerSecond: number;
  readonly hostUs: number;
  readonly sandboxUs: number;
}

/** Every pass updates each pod once, so that no update stands for two. */
export async function handler({ pods = 10_000, rounds = 5 }: BenchOptions): Promise<string> {
  await using server = await ReplayServer.start(pods);
  await using informd = new BenchedInformd(server.url, { "counts.ts": countingHandler(pods) });
  await informd.process.log({ msg: "ready" });
  await runPass(informd, server, pods, 0);
  const passes: Pass[] = [];
  for (let round = 1; round <= rounds; round++) passes.push(await runPass(informd, server, pods, round));
  const row = (name: string, of: (pass: Pass) => number): string[] => [name, spread(passes.map(of), 0)];
  const rows = [
    row("events per second", ({ eventsPerSecond }) => eventsPerSecond),
    row("CPU of the host per event, µs", ({ hostUs }) => hostUs),
    row("CPU of the sandbox per event, µs", ({ sandboxUs }) => sandboxUs),
    ["host resident at the end, MB", residentMbOf(informd.process.pid).toFixed(0)],
  ];
  const size = `${pods} pods of ${server.podBytes} bytes, each updated once a pass; ${rounds} passes, median (min–max)`;
  return `${size}\n\n${table(["", "one isolated handler"], rows)}`;
}

function countingHandler(events: number): string {
  return `
    import { on } from "informd";
    let seen = 0;
    export default on("pods", { events: ["updated"] }, (_event, { log }) => {
      if (++seen % ${events} === 0) log.info("pass done", { pass: seen / ${events} - 1 });
    });
  `;
}

async function runPass(informd: BenchedInformd, server: ReplayServer, events: number, pass: number): Promise<Pass> {
  const { pid } = informd.process;
  const sandboxes = childrenOf(pid);
  const sandboxMs = (): number => sandboxes.map(cpuMsOf).reduce((sum, ms) => sum + ms, 0);
  const [hostBefore, sandboxBefore, startedAt] = [cpuMsOf(pid), sandboxMs(), performance.now()];
  await server.update(events);
  await informd.process.until(`pass ${pass}`, () => informd.process.lines.find(({ data }) => data?.["pass"] === pass));
  return {
    eventsPerSecond: (events * 1000) / (performance.now() - startedAt),
    hostUs: ((cpuMsOf(pid) - hostBefore) * 1000) / events,
    sandboxUs: ((sandboxMs() - sandboxBefore) * 1000) / events,
  };
}
