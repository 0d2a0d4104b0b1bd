import { readFileSync } from "node:fs";
import { startKubeApiServer } from "../kube-api-server.ts";
import { TcpProxy } from "../tcp-proxy.ts";
import { createAdminClient, type Ask } from "./admin-client.ts";
import { createClusterVerbs } from "./cluster-verbs.ts";
import type { Asked, TestCluster } from "./test-cluster.ts";
import { writeKubeconfig } from "./write-kubeconfig.ts";

/** Clients reach it through a proxy, which can be cut. The verbs go around it. */
export async function openKubeApiServer(): Promise<TestCluster> {
  const server = await startKubeApiServer();
  const proxy = new TcpProxy(Number(new URL(server.url).port));
  const url = `https://127.0.0.1:${await proxy.start()}`;
  const { token, folder, caFile } = server;
  const ca = readFileSync(caFile, "utf8");
  const ask = createAdminClient({ url: server.url, ca, token });
  const createKubeconfig = (name: string, user: object): string => writeKubeconfig(folder, { name, url, caFile, user });
  return {
    url,
    token,
    folder,
    kubeconfigPath: createKubeconfig("proxied-admin", { token }),
    ...createClusterVerbs(ask),
    createKubeconfig,
    cut: () => proxy.cut(),
    mend: () => proxy.mend(),
    restart: () => server.restartApiServer(),
    async forgetHistory() {
      await server.compactEtcd();
      await server.restartApiServer();
    },
    asked: (plural) => askedOf(ask, plural),
    addUser() {
      const user = server.addUser();
      return { ...user, kubeconfigPath: createKubeconfig(user.name, { token: user.token }) };
    },
    async stop() {
      await proxy.stop();
      await server.stop();
    },
  };
}

async function askedOf(ask: Ask, plural: string): Promise<Asked> {
  const { body } = await ask({ method: "GET", path: "/metrics" });
  const sum = (metric: string, verb: string): number => {
    const line = new RegExp(`^${metric}\\{.*resource="${plural}".*verb="${verb}".*\\} (\\d+)$`, "gm");
    return [...String(body).matchAll(line)].reduce((total, [, value]) => total + Number(value), 0);
  };
  return { lists: sum("apiserver_request_total", "LIST"), watches: sum("apiserver_longrunning_requests", "WATCH") };
}
