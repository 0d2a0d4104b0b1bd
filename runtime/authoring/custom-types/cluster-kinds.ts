import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import type { Cluster } from "#kubernetes/cluster.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import { connect, type ConnectDeps, type WantedCluster } from "../connect.ts";
import { isCustom } from "./custom-kind.ts";
import type { FoundKinds } from "./found-kinds.ts";
import { selectResources } from "./select-resources.ts";

/** @param names of resources or groups; none: all */
export async function kindsOfCluster(
  wanted: WantedCluster,
  names: readonly string[],
  deps: ConnectDeps,
  signal: AbortSignal,
): Promise<FoundKinds> {
  const cluster = connect(wanted, deps);
  if (cluster instanceof ClusterConfigError) return failed(cluster.message);
  try {
    return await kindsOf(cluster, names, signal);
  } finally {
    await cluster.close();
  }
}

async function kindsOf(cluster: Cluster, names: readonly string[], signal: AbortSignal): Promise<FoundKinds> {
  const { server } = cluster;
  const discovered = await cluster.resources(signal);
  if ("type" in discovered) return failed(describeFailure(discovered, { server, action: "read the cluster's kinds" }));
  const resources = discovered.filter(isCustom);
  if (resources.length === 0) return failed(`Cannot make types: ${server} has no custom resources. ${OTHER_ORIGIN}`);
  const selected = selectResources(resources, names);
  if (selected.type === "failed") return selected;
  const published = await cluster.schemas(selected.resources, signal);
  if (published.type === "absent") return failed(NO_SCHEMAS);
  if (published.type === "failed")
    return failed(describeFailure(published.failure, { server, action: "read the cluster's schemas" }));
  const warnings = published.missing.map(({ apiVersion, failure }) =>
    describeFailure(failure, { server, action: `read the schemas of ${apiVersion}, which get no types` }),
  );
  const [firstWarning] = warnings;
  if (published.schemas.length === 0 && firstWarning !== undefined) return failed(firstWarning);
  return { type: "kinds", kinds: published.schemas, resources, warnings };
}

const OTHER_ORIGIN = "Name another cluster with --context, or definitions in files with --crds.";
const NO_SCHEMAS =
  "Cannot make types: the API server publishes no OpenAPI v3 (Kubernetes 1.24 and later do). Give it the definitions: kubectl get crds -o yaml | informd types --crds -";

function failed(message: string): FoundKinds {
  return { type: "failed", message };
}
