/** From the API server's answer to a change of a ConfigMap that is watched, to the new code that serves. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InformdProcess } from "../tests/support/informd-process.ts";
import { writeKubeconfig } from "../tests/support/test-cluster/write-kubeconfig.ts";
import { Child } from "./child.ts";
import { BenchClient, type BenchedCluster } from "./embedded/bench-client.ts";
import type { BenchOptions } from "./options.ts";
import { IDLE_HANDLER, savedHandler } from "./save-to-live/handlers.ts";
import { percentile, table } from "./table.ts";

const SERVER = join(import.meta.dirname, "embedded", "server.ts");
const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
const CHANGED_KEY = "changed.ts";
/** Between two changes: the next spare process is ready by then. */
const PAUSE_MS = 500;
const HANDLERS = 20;

export async function applyToLive({ saves = 100, handlers = HANDLERS }: BenchOptions): Promise<string> {
  const child = new Child([SERVER]);
  const folder = mkdtempSync(join(tmpdir(), "informd-bench-"));
  try {
    const cluster: BenchedCluster = JSON.parse(await child.firstLine);
    const times = await measureChanges(cluster, folder, { saves, handlers });
    const head = ["handlers", "min, ms", "p50, ms", "p90, ms", "p99, ms", "max, ms"];
    const row = [`${handlers}`, ...[0, 0.5, 0.9, 0.99, 1].map((part) => percentile(times, part))];
    return `${saves} changes of a ConfigMap that change one of its handlers, on the embedded cluster\n\n${table(head, [row])}`;
  } finally {
    await child.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measureChanges(
  cluster: BenchedCluster,
  folder: string,
  { saves, handlers }: { readonly saves: number; readonly handlers: number },
): Promise<number[]> {
  using client = new BenchClient(cluster, 1);
  const idle = Array.from({ length: handlers - 1 }, (_, index) => [`idle-${index}.ts`, IDLE_HANDLER]);
  const data = { ...Object.fromEntries(idle), [CHANGED_KEY]: savedHandler(0) };
  await client.send("POST", CONFIG_MAPS, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "handlers" }, data });
  const caFile = join(folder, "ca.crt");
  writeFileSync(caFile, cluster.ca);
  const kubeconfig = writeKubeconfig(folder, {
    name: "bench",
    url: cluster.server,
    caFile,
    user: { token: cluster.token },
  });
  const args = ["start", "--kubeconfig", kubeconfig, "--handlers", "configmap/default/handlers", "--listen", "none"];
  await using informd = new InformdProcess(args, { cwd: folder });
  await informd.log({ msg: "ready", live: handlers });
  const times: number[] = [];
  for (let change = 1; change <= saves; change++) {
    await sleep(PAUSE_MS);
    const patch = { data: { [CHANGED_KEY]: savedHandler(change) } };
    await client.send("PATCH", `${CONFIG_MAPS}/handlers`, patch, "application/merge-patch+json");
    const at = performance.now();
    await informd.until(
      `change ${change}`,
      () => informd.where({ msg: "handler live", handler: "changed" }).length > change,
    );
    times.push(performance.now() - at);
  }
  await informd.stop();
  return times;
}
