/** What a handler's own metrics cost it and the host, beside a read of its cache. */
import { BenchedInformd } from "./informd.ts";
import type { BenchOptions } from "./options.ts";
import { cpuMsOf } from "./process-cost.ts";
import { ReplayServer } from "./replay/replay-server.ts";
import { spread, table } from "./table.ts";

const CALLS = 2000;

/** As the handler writes them. */
const KINDS: Readonly<Record<string, string>> = {
  "counter without labels": 'metrics.counter("a_total")',
  "counter with two labels": 'metrics.counter("b_total", 1, { namespace: "prod", team: "web" })',
  "gauge with two labels": 'metrics.gauge("c", call, { namespace: "prod", team: "web" })',
  "histogram with two labels": 'metrics.histogram("d_seconds", call / 1000, { namespace: "prod", team: "web" })',
  "lister.count, for comparison": "lister.count()",
};

interface Pass {
  readonly handlerUs: number;
  readonly hostUs: number;
}

export async function metrics({ rounds = 9 }: BenchOptions): Promise<string> {
  await using server = await ReplayServer.start(1);
  const rows: string[][] = [];
  for (const [kind, call] of Object.entries(KINDS)) {
    const passes = await measure(server, call, rounds);
    const handlerUs = spread(passes.map(({ handlerUs }) => handlerUs));
    rows.push([kind, handlerUs, spread(passes.map(({ hostUs }) => hostUs))]);
  }
  const head = ["", "the handler waits, µs", "CPU of the host, µs"];
  return `${CALLS} calls of one run; ${rounds} runs, median (min–max)\n\n${table(head, rows)}`;
}

async function measure(server: ReplayServer, call: string, rounds: number): Promise<readonly Pass[]> {
  await using informd = new BenchedInformd(server.url, { "measures.ts": handler(call) });
  await informd.process.log({ msg: "ready" });
  const { pid } = informd.process;
  const passes: Pass[] = [];
  for (let round = 0; round <= rounds; round++) {
    const cpuBefore = cpuMsOf(pid);
    await server.update(1);
    const { data } = await informd.process.until(`round ${round}`, () =>
      informd.process.lines.find(({ data }) => data?.["round"] === round),
    );
    passes.push({
      handlerUs: (Number(data?.["ms"]) * 1000) / CALLS,
      hostUs: ((cpuMsOf(pid) - cpuBefore) * 1000) / CALLS,
    });
  }
  return passes.slice(1);
}

function handler(call: string): string {
  return `
    import { on } from "informd";
    let round = 0;
    export default on("pods", { events: ["updated"] }, (_event, { lister, log, metrics }) => {
      const startedAt = performance.now();
      for (let call = 0; call < ${CALLS}; call++) ${call};
      log.info("round done", { round: round++, ms: performance.now() - startedAt });
    });
  `;
}
