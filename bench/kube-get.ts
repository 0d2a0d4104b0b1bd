/** One object from the API server: asked by a handler through its sandbox and the broker, and by the host itself. */
import { join } from "node:path";
import { systemClock } from "#kernel/clock.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { quietBroker } from "../tests/support/quiet-broker.ts";
import { CallingHandler } from "./calling-handler.ts";
import { Child } from "./child.ts";
import { BenchClient, type BenchedCluster } from "./embedded/bench-client.ts";
import type { BenchOptions } from "./options.ts";
import { compareRoundTrips } from "./round-trips.ts";

const SERVER = join(import.meta.dirname, "embedded", "server.ts");
const NAMESPACE = "default";
const NAME = "asked";
/** No more than a handler may send at once. */
const GETS = 40;
/** Then it may again. */
const PAUSE_MS = 2_200;
const NEVER = new AbortController().signal;
const NAMES = { handler: "`kube.get` of a handler", direct: "the same GET by the host" };

export async function kubeGet({ rounds = 20 }: BenchOptions): Promise<string> {
  const child = new Child([SERVER]);
  const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
  const benched: BenchedCluster = JSON.parse(await child.firstLine);
  const cluster = connect(benched);
  try {
    await createAsked(benched);
    const resource = await configMaps(cluster);
    const deps = { ...cluster, clock: systemClock, ...quietBroker(), signal: NEVER };
    const call = `await kube.get("configmaps", { name: "${NAME}" });`;
    const allow = { kube: ["get configmaps"] };
    const handler = await CallingHandler.open(pool, deps, { resource, allow, call, calls: GETS });
    const options = { rounds, calls: GETS, pauseMs: PAUSE_MS, what: "gets of a ConfigMap of 1 KB", names: NAMES };
    return await compareRoundTrips(
      () => handler.run(),
      () => getDirectly(cluster, resource),
      options,
    );
  } finally {
    await pool.close();
    await cluster.close();
    await child.stop();
  }
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
