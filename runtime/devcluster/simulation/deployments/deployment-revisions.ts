import { isDeepStrictEqual } from "node:util";
import type { JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import type { ClusterClient, NewObject } from "../../controllers/reconciling/cluster-client.ts";
import { recordAt } from "../../record-at.ts";
import { POD_TEMPLATE_HASH, templateHash } from "../workloads/pod-template-hash.ts";
import { controllerReference } from "../workloads/controller-reference.ts";
import { replicaSetAnnotations, REVISION, revisionOf } from "./revision-annotations.ts";

const REPLICA_SETS = "replicasets.apps";

/** Of a Deployment's ReplicaSets the one that has its template now. */
export function newestOf(deployment: ApiObject, sets: readonly ApiObject[]): ApiObject | undefined {
  const template = recordAt(deployment, "spec", "template");
  return sets.find((set) => isDeepStrictEqual(withoutHash(recordAt(set, "spec", "template")), withoutHash(template)));
}

/** How a ReplicaSet begins that does not exist yet. */
export interface Beginning {
  readonly replicas: number;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The newest ReplicaSet, with the highest revision; it comes to be if there is none. */
export function ensureNewest(
  client: ClusterClient,
  deployment: ApiObject,
  sets: readonly ApiObject[],
  beginning: Beginning,
): ApiObject | undefined {
  const existing = newestOf(deployment, sets);
  const highest = Math.max(0, ...sets.filter((set) => set !== existing).map(revisionOf));
  if (!existing) return createSet(client, deployment, { ...beginning, revision: highest + 1 });
  const revision = Math.max(revisionOf(existing), highest + 1);
  const annotations = replicaSetAnnotations(deployment, existing, revision);
  return isDeepStrictEqual(annotations, existing.metadata.annotations)
    ? existing
    : client.update(REPLICA_SETS, withMetadata(existing, { annotations }));
}

/** The Deployment says which revision it is at: with its status, because that makes no new generation of it. */
export function withRevision(client: ClusterClient, deployment: ApiObject, newest: ApiObject): ApiObject {
  const revision = String(revisionOf(newest));
  const { annotations = {} } = deployment.metadata;
  if (annotations[REVISION] === revision) return deployment;
  return client.update(
    "deployments.apps",
    withMetadata(deployment, { annotations: { ...annotations, [REVISION]: revision } }),
    "status",
  );
}

interface FirstRevision extends Beginning {
  readonly revision: number;
}

function createSet(client: ClusterClient, deployment: ApiObject, first: FirstRevision): ApiObject | undefined {
  for (let salt = 0; ; salt++) {
    const created = client.create(REPLICA_SETS, newSet(deployment, first, salt));
    // A name that is taken by a ReplicaSet with another template or owner.
    if (created || salt === 8) return created;
  }
}

function newSet(deployment: ApiObject, { revision, replicas, annotations }: FirstRevision, salt: number): NewObject {
  const { name, namespace = "" } = deployment.metadata;
  const template = recordAt(deployment, "spec", "template");
  const hash = templateHash(template, salt);
  const labels = { ...recordAt(template, "metadata", "labels"), [POD_TEMPLATE_HASH]: hash };
  const selector = recordAt(deployment, "spec", "selector");
  const { minReadySeconds } = recordAt(deployment, "spec");
  return {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { ...replicaSetAnnotations(deployment, undefined, revision), ...annotations },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      ...(minReadySeconds !== undefined && { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...recordAt(selector, "matchLabels"), [POD_TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...recordAt(template, "metadata"), labels } },
    },
  };
}

function withoutHash(template: JsonRecord): JsonRecord {
  const metadata = recordAt(template, "metadata");
  const labels = withMembers(recordAt(metadata, "labels"), { [POD_TEMPLATE_HASH]: undefined });
  return { ...template, metadata: { ...metadata, labels } };
}
