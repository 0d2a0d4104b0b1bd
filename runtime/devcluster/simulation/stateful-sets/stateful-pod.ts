import { elementsOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { recordAt } from "../../record-at.ts";
import { REVISION_HASH, templateOf, type Revisions } from "../workloads/controller-revisions.ts";
import { podFromTemplate } from "../workloads/pod-from-template.ts";

export interface Ordinal {
  readonly ordinal: number;
  readonly revisions: Revisions;
  /** The name of the revision that ordinals below the partition keep. */
  readonly current: string;
}

/** The number at the end of a StatefulSet's pod. */
export function ordinalOf({ metadata: { name } }: ApiObject): number {
  return Number(/-(\d+)$/.exec(name)?.[1] ?? -1);
}

/** Creates the pod with this number, and its claims. */
export function createOrdinal(client: ClusterClient, set: ApiObject, { ordinal, revisions, current }: Ordinal): void {
  const partition = numberOf(recordAt(set, "spec", "updateStrategy", "rollingUpdate"), "partition") ?? 0;
  const old = revisions.all.find(({ metadata }) => metadata.name === current);
  const revision = ordinal < partition && old ? old : revisions.update;
  const template = templateOf(revision);
  const name = `${set.metadata.name}-${ordinal}`;
  const owner = { ...set, spec: { ...recordAt(set, "spec"), template } };
  const labels = {
    ...recordAt(template, "metadata", "labels"),
    [REVISION_HASH]: revision.metadata.name,
    "statefulset.kubernetes.io/pod-name": name,
    "apps.kubernetes.io/pod-index": String(ordinal),
  };
  const claims = elementsOf(set["spec"], "volumeClaimTemplates").filter(isRecord);
  for (const claim of claims) createClaim(client, set, { claim, name });
  const pod = podFromTemplate(owner, { name, labels });
  client.create("pods", {
    ...pod,
    spec: { ...recordAt(pod, "spec"), hostname: name, ...named(set), ...volumes(pod, claims) },
  });
}

/** Other pods reach it by its name, through the headless Service. */
function named(set: ApiObject): JsonRecord {
  const subdomain = textOf(set["spec"], "serviceName") ?? "";
  return subdomain === "" ? {} : { subdomain };
}

function volumes({ metadata, spec }: ReturnType<typeof podFromTemplate>, claims: readonly JsonRecord[]): JsonRecord {
  if (claims.length === 0) return {};
  const mounted = claims.map((claim) => {
    const name = textOf(claim["metadata"], "name") ?? "";
    return { name, persistentVolumeClaim: { claimName: `${name}-${metadata.name}` } };
  });
  const names = new Set(mounted.map(({ name }) => name));
  const others = elementsOf(spec, "volumes").filter((volume) => !names.has(textOf(volume, "name") ?? ""));
  return { volumes: [...others, ...mounted] };
}

interface Claim {
  readonly claim: JsonRecord;
  /** Of the pod. */
  readonly name: string;
}

/** A claim outlives its pod. */
function createClaim(client: ClusterClient, set: ApiObject, { claim, name }: Claim): void {
  const { name: prefix, ...metadata } = recordAt(claim, "metadata");
  client.create("persistentvolumeclaims", {
    metadata: {
      ...metadata,
      namespace: set.metadata.namespace ?? "",
      name: `${String(prefix)}-${name}`,
      labels: { ...recordAt(metadata, "labels"), ...recordAt(set, "spec", "selector", "matchLabels") },
    },
    spec: recordAt(claim, "spec"),
  });
}
