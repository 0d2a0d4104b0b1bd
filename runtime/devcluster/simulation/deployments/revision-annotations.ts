import type { ApiObject } from "../../api-object.ts";

export const REVISION = "deployment.kubernetes.io/revision";
const REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
export const DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
export const MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";
/** Of the Deployment alone. */
const OWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
]);

export function revisionOf({ metadata }: ApiObject): number {
  return Number(metadata.annotations?.[REVISION] ?? 0) || 0;
}

/** Of a ReplicaSet: its Deployment's own, and which revisions it has been. */
export function replicaSetAnnotations(
  deployment: ApiObject,
  set: ApiObject | undefined,
  revision: number,
): Readonly<Record<string, string>> {
  const { annotations: before = {} } = set?.metadata ?? {};
  const shared = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !OWN_ANNOTATIONS.has(key));
  const past =
    set && revisionOf(set) !== revision ? [before[REVISION_HISTORY], revisionOf(set)] : [before[REVISION_HISTORY]];
  const history = past.filter(Boolean).join(",");
  return {
    ...before,
    ...Object.fromEntries(shared),
    [REVISION]: String(revision),
    ...(history !== "" && { [REVISION_HISTORY]: history }),
  };
}
