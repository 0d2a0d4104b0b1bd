import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import type { Target } from "../api-operations.ts";
import { metadataBeyondStatus } from "../kind-facts.ts";

/** What an endpoint writes of an object: each subresource its part, the object itself everything but its status. */
export function writtenPart({ resource, subresource }: Target, before: ApiObject, next: ApiObject): ApiObject {
  switch (subresource) {
    case "status":
      return { ...withMembers(before, { status: next["status"] }), metadata: statusMetadata(resource, before, next) };
    case "approval":
      return withChanged(before, "status", { conditions: fieldOf(next["status"], "conditions") });
    case "ephemeralcontainers":
      return withChanged(before, "spec", { ephemeralContainers: fieldOf(next["spec"], "ephemeralContainers") });
    case "resize":
      return withChanged(before, "spec", { containers: resized(before, next) });
    default:
      return resource.subresources["status"] ? withMembers(next, { status: before["status"] }) : next;
  }
}

function statusMetadata(resource: Target["resource"], before: ApiObject, next: ApiObject): ApiObject["metadata"] {
  const beyond = metadataBeyondStatus(resource).map((member) => [member, before.metadata[member]]);
  return withMetadata(next, Object.fromEntries(beyond)).metadata;
}

function withChanged(object: ApiObject, member: string, changes: JsonRecord): ApiObject {
  return withMembers(object, { [member]: withMembers(recordAt(object, member), changes) });
}

/** The containers with what the others say of their resources. */
function resized(before: ApiObject, next: ApiObject): readonly unknown[] {
  const asked = new Map(containersOf(next).map((container) => [container["name"], container["resources"]]));
  return containersOf(before).map((container) =>
    asked.has(container["name"]) ? withMembers(container, { resources: asked.get(container["name"]) }) : container,
  );
}

function containersOf({ spec }: ApiObject): readonly JsonRecord[] {
  const containers = fieldOf(spec, "containers");
  return Array.isArray(containers) ? containers.filter(isRecord) : [];
}
