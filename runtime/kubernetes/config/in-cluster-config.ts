import { readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import type { ClusterConfig, Environment } from "../cluster-config.ts";

const SERVICE_ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The cluster of the pod that this process runs in; `undefined` if it runs in none (client-go: `rest.InClusterConfig`). */
export function inClusterConfig(environment: Environment, folder = SERVICE_ACCOUNT_FOLDER): ClusterConfig | undefined {
  const host = environment["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = environment["KUBERNETES_SERVICE_PORT"] ?? "";
  const namespace = readNamespace(folder);
  if (host === "" || port === "" || namespace === undefined) return undefined;
  return {
    cluster: {
      name: "in-cluster",
      server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
      ca: { type: "file", path: join(folder, "ca.crt") },
      insecureSkipTlsVerify: false,
      tlsServerName: undefined,
      proxyUrl: undefined,
      execConfig: undefined,
    },
    user: { name: "service-account", tokenFile: join(folder, "token") },
    namespace,
    inPod: true,
  };
}

function readNamespace(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, "namespace"), "utf8").trim();
  } catch {
    return undefined;
  }
}
