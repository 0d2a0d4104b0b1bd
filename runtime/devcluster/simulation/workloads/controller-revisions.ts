import { isDeepStrictEqual } from "node:util";
import { numberOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { recordAt } from "../../record-at.ts";
import { templateHash } from "./pod-template-hash.ts";
import { controllerReference, controlledBy } from "./controller-reference.ts";

const RESOURCE = "controllerrevisions.apps";
const HASH = "controller.kubernetes.io/hash";
/** On pods: which revision of the template they have. */
export const REVISION_HASH = "controller-revision-hash";

/** What a StatefulSet or DaemonSet had for a template, for going back (upstream: `history.Interface`). */
export interface Revisions {
  /** Of the template as it is now, with the highest number. */
  readonly update: ApiObject;
  readonly all: readonly ApiObject[];
}

/** Writes the template down if it is a new one, and forgets the oldest that nobody needs. */
export function keepRevisions(
  client: ClusterClient,
  owner: ApiObject,
  inUse: ReadonlySet<string>,
): Revisions | undefined {
  const before = revisionsOf(client, owner);
  const data = dataOf(owner);
  const existing = before.find((revision) => isDeepStrictEqual(revision["data"], data));
  const highest = Math.max(0, ...before.filter((revision) => revision !== existing).map(numberIn));
  const update = existing
    ? renumber(client, existing, highest + 1)
    : create(client, owner, { data, revision: highest + 1 });
  if (!update) return undefined;
  forgetOld(client, owner, new Set([...inUse, update.metadata.name]));
  return { update, all: revisionsOf(client, owner) };
}

/** The template that a revision stands for. */
export function templateOf(revision: ApiObject): JsonRecord {
  const { $patch: _directive, ...template } = recordAt(revision, "data", "spec", "template");
  return template;
}

export function hashOf({ metadata }: ApiObject): string {
  return metadata.labels?.[HASH] ?? "";
}

/** The name or hash of the revision that a pod was made from. */
export function podRevision({ metadata }: ApiObject): string {
  return metadata.labels?.[REVISION_HASH] ?? "";
}

function revisionsOf(client: ClusterClient, owner: ApiObject): readonly ApiObject[] {
  return client
    .list(RESOURCE, owner.metadata.namespace)
    .filter(controlledBy(owner))
    .toSorted((a, b) => numberIn(a) - numberIn(b));
}

function dataOf(owner: ApiObject): JsonRecord {
  return { spec: { template: { ...recordAt(owner, "spec", "template"), $patch: "replace" } } };
}

function create(
  client: ClusterClient,
  owner: ApiObject,
  { data, revision }: { readonly data: JsonRecord; readonly revision: number },
): ApiObject | undefined {
  const hash = templateHash(data);
  const { namespace = "", name } = owner.metadata;
  const labels = { ...recordAt(owner, "spec", "template", "metadata", "labels"), [HASH]: hash };
  const ownerReferences = [controllerReference(owner)];
  return client.create(RESOURCE, {
    metadata: { namespace, name: `${name}-${hash}`, labels, ownerReferences },
    data,
    revision,
  });
}

/** A template that comes back is the newest again. */
function renumber(client: ClusterClient, existing: ApiObject, least: number): ApiObject {
  return numberIn(existing) >= least ? existing : client.update(RESOURCE, { ...existing, revision: least });
}

function forgetOld(client: ClusterClient, owner: ApiObject, inUse: ReadonlySet<string>): void {
  const limit = numberOf(owner["spec"], "revisionHistoryLimit") ?? 10;
  const idle = revisionsOf(client, owner).filter(
    (revision) => !inUse.has(revision.metadata.name) && !inUse.has(hashOf(revision)),
  );
  for (const revision of idle.slice(0, Math.max(0, idle.length - limit))) client.delete(RESOURCE, revision);
}

function numberIn(revision: ApiObject): number {
  return numberOf(revision, "revision") ?? 0;
}
