import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeKubeconfig as writeOwnKubeconfig } from "#devcluster/credentials/kubeconfig-file.ts";
import { startEmbeddedCluster, type EmbeddedClusterOptions } from "#devcluster/embedded-cluster.ts";
import type { FaultRule } from "#devcluster/faults/fault.ts";
import { systemClock } from "#kernel/clock.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { createAdminClient } from "./admin-client.ts";
import { createClusterVerbs } from "./cluster-verbs.ts";
import { createFaultControl, type FaultControl } from "./fault-control.ts";
import type { TestCluster } from "./test-cluster.ts";
import { writeKubeconfig } from "./write-kubeconfig.ts";

export interface EmbeddedServer extends TestCluster {
  readonly faults: FaultControl;
}

/** In this process, within some 50 ms. */
export async function openEmbeddedServer(options: EmbeddedClusterOptions = {}): Promise<EmbeddedServer> {
  const errors: unknown[] = [];
  const deps = { clock: systemClock, random: Math.random, onError: (error: unknown) => void errors.push(error) };
  const cluster = await startEmbeddedCluster(deps, options);
  const folder = temporaryFolder();
  const { server: url, credentials, faults } = cluster;
  const { ca, token } = credentials;
  const kubeconfigPath = join(folder, "admin.kubeconfig");
  writeOwnKubeconfig(kubeconfigPath, { server: url, credentials });
  const caFile = join(folder, "ca.crt");
  writeFileSync(caFile, ca);
  const ask = createAdminClient({ url, ca, token });
  let mend = (): void => {};
  const forgetHistory = async (): Promise<void> => {
    cluster.compact();
    faults.dropWatches(true);
  };
  return {
    url,
    token,
    folder,
    kubeconfigPath,
    ...createClusterVerbs(ask),
    faults: createFaultControl(ask),
    createKubeconfig: (name, user) => writeKubeconfig(folder, { name, url, caFile, user }),
    cut() {
      mend = faults.add(CUT_OFF);
      faults.dropWatches(true);
    },
    mend: () => mend(),
    // A real one comes back without the history that it had cached.
    restart: forgetHistory,
    forgetHistory,
    async asked(plural) {
      const requests = cluster.requests().filter(({ path }) => path.endsWith(`/${plural}`));
      const watches = requests.filter(({ verb, endMs }) => verb === "watch" && endMs === undefined);
      return { lists: requests.filter(({ verb }) => verb === "list").length, watches: watches.length };
    },
    addUser() {
      throw new Error("Cannot add a user: the embedded server has only the one");
    },
    async stop() {
      await cluster.stop();
      if (errors.length > 0) throw new AggregateError(errors, "The embedded cluster met what should not happen");
    },
  };
}

/** Everything that informd asks. */
const CUT_OFF: FaultRule = { match: { userAgent: "informd" }, times: "always", fault: { type: "hangUp", reset: true } };
