import type { ClusterConfig, ClusterEntry, UserEntry } from "#kubernetes/cluster-config.ts";
import type { ApiResource } from "#resources/api-resource.ts";

/** A configuration with a bearer token, unless the test says otherwise. */
export function clusterConfig(
  server: string,
  user: Partial<UserEntry> = { token: "secret" },
  cluster: Partial<ClusterEntry> = {},
): ClusterConfig {
  return {
    cluster: {
      name: "test",
      server,
      ca: undefined,
      insecureSkipTlsVerify: false,
      tlsServerName: undefined,
      proxyUrl: undefined,
      execConfig: undefined,
      ...cluster,
    },
    user: { name: "tester", ...user },
    namespace: "default",
  };
}

export function apiResource(plural: string, kind: string, overrides: Partial<ApiResource> = {}): ApiResource {
  return {
    group: "",
    version: "v1",
    plural,
    singular: kind.toLowerCase(),
    kind,
    shortNames: [],
    namespaced: true,
    verbs: ["get", "list", "watch"],
    ...overrides,
  };
}

export const podResource = apiResource("pods", "Pod", { shortNames: ["po"] });
