import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withMembers, type ApiObject } from "../../api-object.ts";
import { StatusError } from "../../api-status.ts";
import type { ScalePaths, ServedResource } from "../../registry/served-resource.ts";
import { selectorText } from "../../selector-text.ts";

const BUILT_IN: ScalePaths = { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" };

/** The object as an `autoscaling/v1` Scale. */
export function scaleOf(resource: ServedResource, object: ApiObject): ApiObject {
  const paths = scalePathsOf(resource);
  const replicas = numberAt(object, paths.specReplicasPath);
  const selector = resource.custom
    ? textAt(object, paths.labelSelectorPath)
    : selectorText(fieldOf(object["spec"], "selector"));
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: withMembers<ApiObject["metadata"]>({ name }, { namespace, uid, resourceVersion, creationTimestamp }),
    // As Go leaves zeros out.
    spec: replicas ? { replicas } : {},
    status: { replicas: numberAt(object, paths.statusReplicasPath) ?? 0, ...(selector !== "" && { selector }) },
  };
}

/** Throws 500 where a custom resource does not say how many it wants. */
export function requireReplicas(resource: ServedResource, object: ApiObject): void {
  const { specReplicasPath } = scalePathsOf(resource);
  if (resource.custom && numberAt(object, specReplicasPath) === undefined) throw withoutReplicas(specReplicasPath);
}

/** The object with another wanted number. */
export function withReplicas(resource: ServedResource, object: ApiObject, replicas: number): ApiObject {
  const changed = withValue(object, membersOf(scalePathsOf(resource).specReplicasPath), replicas);
  return { ...object, ...changed };
}

/** Where an object has what a `Scale` says. */
function scalePathsOf({ custom }: ServedResource): ScalePaths {
  return custom?.scale ?? BUILT_IN;
}

function withValue(value: unknown, [member, ...rest]: readonly string[], leaf: unknown): JsonRecord {
  const record = isRecord(value) ? value : {};
  if (member === undefined) return record;
  return { ...record, [member]: rest.length === 0 ? leaf : withValue(record[member], rest, leaf) };
}

function numberAt(object: ApiObject, path: string): number | undefined {
  const { parent, last } = placeOf(object, path);
  return numberOf(parent, last);
}

function textAt(object: ApiObject, path = ""): string {
  const { parent, last } = placeOf(object, path);
  return textOf(parent, last) ?? "";
}

function placeOf(object: ApiObject, path: string): { parent: unknown; last: string } {
  const members = membersOf(path);
  return { parent: members.slice(0, -1).reduce<unknown>(fieldOf, object), last: members.at(-1) ?? "" };
}

/** `.spec.replicas` */
function membersOf(path: string): string[] {
  return path.split(".").slice(1);
}

function withoutReplicas(path: string): StatusError {
  const message = `the spec replicas field ${JSON.stringify(path)} does not exist`;
  return new StatusError(500, "InternalError", `Internal error occurred: ${message}`, { causes: [{ message }] });
}
