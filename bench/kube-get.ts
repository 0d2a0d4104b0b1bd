/** One object from the API server: asked by a handler through its sandbox and the broker, and by the host itself. */
import { join } from "node:path";
import { buildSync } from "esbuild";
import { createCapabilities } from "#broker/capabilities.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import { sleep, systemClock } from "#kernel/clock.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import type { Sandbox } from "#sandbox/sandbox.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { quietBroker } from "../tests/support/quiet-broker.ts";
import { Child } from "./child.ts";
import { BenchClient, type BenchedCluster } from "./embedded/bench-client.ts";
import type { BenchOptions } from "./options.ts";
import { median, spread, table } from "./table.ts";

const SERVER = join(import.meta.dirname, "embedded", "server.ts");
const NAMESPACE = "default";
const NAME = "asked";
/** Of both, in each round: no more than a handler may send at once. */
const GETS = 40;
/** Then it may again. */
const PAUSE_MS = 2_200;
const NEVER = new AbortController().signal;

export async function kubeGet({ rounds = 20 }: BenchOptions): Promise<string> {
  const child = new Child([SERVER]);
  const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
  const benched: BenchedCluster = JSON.parse(await child.firstLine);
  const cluster = connect(benched);
  try {
    await createAsked(benched);
    const resource = await configMaps(cluster);
    let got: number[] = [];
    const sandbox = await openHandler(pool, cluster, resource, (ms) => void got.push(ms));
    const measured: Round[] = [];
    for (let round = 0; round <= rounds; round++) {
      got = [];
      await runHandler(sandbox);
      const direct = await getDirectly(cluster, resource);
      // The first round opens connections and warms both up.
      if (round > 0) measured.push({ handlerMs: median(got), directMs: median(direct) });
      await sleep(systemClock, PAUSE_MS);
    }
    return report(measured);
  } finally {
    await pool.close();
    await cluster.close();
    await child.stop();
  }
}

/** Medians of one round. */
interface Round {
  readonly handlerMs: number;
  readonly directMs: number;
}

function report(rounds: readonly Round[]): string {
  const row = (name: string, of: (round: Round) => number): string[] => [name, spread(rounds.map(of), 2)];
  const rows = [
    row("`kube.get` of a handler, ms", ({ handlerMs }) => handlerMs),
    row("the same GET by the host, ms", ({ directMs }) => directMs),
    row("what sandbox and broker add, ms", ({ handlerMs, directMs }) => handlerMs - directMs),
  ];
  const what = `${rounds.length} rounds of ${GETS} gets one after the other, by each in turn: medians of the rounds, median (min–max)`;
  return `${what}\n\n${table(["", "round trip"], rows)}`;
}

function connect({ server, ca, token }: BenchedCluster): Cluster {
  const entry = { insecureSkipTlsVerify: false, tlsServerName: undefined, proxyUrl: undefined, execConfig: undefined };
  const cluster = { name: "bench", server, ca: { type: "data", pem: ca }, ...entry } as const;
  return createCluster({ config: { cluster, user: { name: "bench", token }, namespace: NAMESPACE } });
}

async function createAsked(benched: BenchedCluster): Promise<void> {
  using client = new BenchClient(benched, 1);
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: NAME }, data: { text: "x".repeat(1_000) } };
  await client.send("POST", `/api/v1/namespaces/${NAMESPACE}/configmaps`, object);
}

async function configMaps({ catalog }: Cluster): Promise<ApiResource> {
  const resolution = await catalog.resolve("configmaps", NEVER);
  if (resolution.type === "found") return resolution.resource;
  throw new Error("Cannot measure: the embedded cluster has no ConfigMaps");
}

/** Logs how long each of its calls took. */
const HANDLER = `
  export default {
    [Symbol.for("informd.handler")]: 1, resource: "configmaps", options: {},
    async handler(_event, { kube, log }) {
      for (let i = 0; i < ${GETS}; i++) {
        const startedAt = performance.now();
        await kube.get("configmaps", { name: "${NAME}" });
        log.info("got", { ms: performance.now() - startedAt });
      }
    },
  };
`;

async function openHandler(
  pool: ProcessSandboxPool,
  cluster: Cluster,
  resource: ApiResource,
  got: (ms: number) => void,
): Promise<Sandbox> {
  const resolution = resolveOptions("configmaps", { allow: { kube: ["get configmaps"] } });
  if (resolution.type === "invalid") throw new Error(JSON.stringify(resolution.problems));
  const { options } = resolution;
  const brokered = createCapabilities(
    { ...cluster, clock: systemClock, ...quietBroker(), signal: NEVER },
    { id: "bench", options, cache: { resource, reader: new ObjectStore() }, listers: {} },
  );
  const capabilities = { ...brokered, log: ({ fields }: { fields: object }) => got(Number(Reflect.get(fields, "ms"))) };
  const { outputFiles } = buildSync({
    stdin: { contents: HANDLER },
    write: false,
    format: "cjs",
    banner: { js: "\n" },
  });
  const program = { id: "bench", file: "bench.ts", code: outputFiles[0]?.text ?? "", sourceMap: "{}" };
  const served = { entry: 0, env: {}, listers: [], capabilities };
  const opened = await pool.open(program, served, { engine: options.engine, memoryBytes: options.memoryBytes }, NEVER);
  if (opened.type === "failed") throw new Error(opened.error.message);
  return opened.sandbox;
}

async function runHandler(sandbox: Sandbox): Promise<void> {
  const id = "bench/1/added";
  const end = await sandbox.run(
    {
      header: { id, type: "added", cause: "live", attempt: 1 },
      key: { id, namespace: NAMESPACE, name: NAME },
      object: Buffer.from(JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: NAME } })),
      old: undefined,
    },
    30_000,
  );
  if (end.type !== "returned") throw new Error(`Cannot measure: the handler ended with ${JSON.stringify(end)}`);
}

async function getDirectly({ objects }: Cluster, resource: ApiResource): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < GETS; i++) {
    const startedAt = performance.now();
    const answer = await objects.get({ resource, namespace: NAMESPACE, name: NAME }, NEVER);
    taken.push(performance.now() - startedAt);
    if (answer.type !== "object") throw new Error(`Cannot measure: ${JSON.stringify(answer)}`);
  }
  return taken;
}
