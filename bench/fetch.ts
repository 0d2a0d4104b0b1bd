/** One request over the web: made by a handler through its sandbox and the broker, and by undici in the host itself. */
import { join } from "node:path";
import { buildSync } from "esbuild";
import { Agent, request } from "undici";
import { createCapabilities } from "#broker/capabilities.ts";
import { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import { systemClock } from "#kernel/clock.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import type { Sandbox } from "#sandbox/sandbox.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { fakeCatalog, PODS } from "../tests/support/api-resources.ts";
import { FakeObjectClient } from "../tests/support/brokered-handler.ts";
import { quietBroker } from "../tests/support/quiet-broker.ts";
import { Child } from "./child.ts";
import type { BenchOptions } from "./options.ts";
import { median, spread, table } from "./table.ts";

const SERVER = join(import.meta.dirname, "fetch", "server.ts");
/** No handler reaches loopback: here its address counts as one of the world outside. */
const HOST = "bench.example";
const KIB = 1024;
const CASES = [
  { name: "GET of 1 KiB", sent: 0, received: KIB, times: 40 },
  { name: "GET of 1 MiB", sent: 0, received: KIB * KIB, times: 10 },
  { name: "POST of 1 MiB", sent: KIB * KIB, received: KIB, times: 10 },
] as const;
const NEVER = new AbortController().signal;

type Case = (typeof CASES)[number];

export async function fetch({ rounds = 20 }: BenchOptions): Promise<string> {
  const child = new Child([SERVER]);
  const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
  const agent = new Agent();
  const network = openNetwork();
  try {
    const port = Number(await child.firstLine);
    let taken: number[] = [];
    const sandbox = await openHandler({ pool, network, port }, (ms) => void taken.push(ms));
    const rows: string[][] = [];
    for (const one of CASES) {
      const measured: Round[] = [];
      for (let round = 0; round <= rounds; round++) {
        taken = [];
        await runHandler(sandbox, one.name);
        const direct = await requestDirectly(agent, port, one);
        // The first round opens connections and warms both up.
        if (round > 0) measured.push({ handlerMs: median(taken), directMs: median(direct) });
      }
      rows.push(rowOf(one, measured));
    }
    const head = ["", "`fetch` of a handler, ms", "undici in the host, ms", "what sandbox and broker add, ms"];
    return `${rounds} rounds of 10 to 40 requests one after the other, by each in turn: medians of the rounds, median (min–max)\n\n${table(head, rows)}`;
  } finally {
    await Promise.all([pool.close(), network.close(), agent.close()]);
    await child.stop();
  }
}

/** Medians of one round. */
interface Round {
  readonly handlerMs: number;
  readonly directMs: number;
}

function rowOf({ name }: Case, rounds: readonly Round[]): string[] {
  const cell = (of: (round: Round) => number): string => spread(rounds.map(of), 2);
  return [
    name,
    cell(({ handlerMs }) => handlerMs),
    cell(({ directMs }) => directMs),
    cell(({ handlerMs, directMs }) => handlerMs - directMs),
  ];
}

function openNetwork(): FetchNetwork {
  const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
  return new FetchNetwork(
    { clock: systemClock, resolve, classOf: () => "public" },
    { apiServers: [], proxies: { https: "", http: "", except: "" } },
  );
}

/** Logs how long each of its requests took, its answer's body included. */
const HANDLER = `
  const cases = ${JSON.stringify(CASES)};
  export default {
    [Symbol.for("informd.handler")]: 1, resource: "pods", options: {},
    async handler({ object }, { fetch, log, env }) {
      const { sent, received, times } = cases.find(({ name }) => name === object.metadata.name);
      const url = "http://${HOST}:" + env.PORT + "/" + received;
      const init = sent === 0 ? {} : { method: "POST", body: new Uint8Array(sent) };
      for (let i = 0; i < times; i++) {
        const startedAt = performance.now();
        const body = await (await fetch(url, init)).bytes();
        log.info("got", { ms: performance.now() - startedAt, bytes: body.length });
      }
    },
  };
`;

interface Place {
  readonly pool: ProcessSandboxPool;
  readonly network: FetchNetwork;
  readonly port: number;
}

async function openHandler({ pool, network, port }: Place, took: (ms: number) => void): Promise<Sandbox> {
  const resolution = resolveOptions("pods", { allow: { fetch: [`http://${HOST}:${port}`] } });
  if (resolution.type === "invalid") throw new Error(JSON.stringify(resolution.problems));
  const { options } = resolution;
  const others = { objects: new FakeObjectClient(), catalog: fakeCatalog(), clock: systemClock };
  const brokered = createCapabilities(
    { ...others, ...quietBroker(), network, signal: NEVER },
    { id: "bench", options, cache: { resource: PODS, reader: new ObjectStore() }, listers: {} },
  );
  const capabilities = {
    ...brokered,
    log: ({ fields }: { fields: object }) => took(Number(Reflect.get(fields, "ms"))),
  };
  const { outputFiles } = buildSync({
    stdin: { contents: HANDLER },
    write: false,
    format: "cjs",
    banner: { js: "\n" },
  });
  const program = { id: "bench", file: "bench.ts", code: outputFiles[0]?.text ?? "", sourceMap: "{}" };
  const served = { entry: 0, env: { PORT: String(port) }, listers: [], capabilities };
  const opened = await pool.open(program, served, options.memoryBytes, NEVER);
  if (opened.type === "failed") throw new Error(opened.error.message);
  return opened.sandbox;
}

async function runHandler(sandbox: Sandbox, name: string): Promise<void> {
  const id = "bench/1/added";
  const end = await sandbox.run(
    {
      header: { id, type: "added", cause: "live", attempt: 1 },
      key: { id, namespace: "default", name },
      object: Buffer.from(JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name } })),
      old: undefined,
    },
    60_000,
  );
  if (end.type !== "returned") throw new Error(`Cannot measure: the handler ended with ${JSON.stringify(end)}`);
}

async function requestDirectly(agent: Agent, port: number, { sent, received, times }: Case): Promise<number[]> {
  const taken: number[] = [];
  const init = sent === 0 ? {} : { method: "POST", body: Buffer.alloc(sent) };
  for (let i = 0; i < times; i++) {
    const startedAt = performance.now();
    const { body } = await request(`http://127.0.0.1:${port}/${received}`, { dispatcher: agent, ...init });
    const { length } = await body.bytes();
    taken.push(performance.now() - startedAt);
    if (length !== received) throw new Error(`Cannot measure: the server gave ${length} of ${received} bytes`);
  }
  return taken;
}
