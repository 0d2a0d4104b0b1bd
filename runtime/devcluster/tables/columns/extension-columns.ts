import { fieldOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { AGE, CREATED_AT, field, flag, NAME, text, wide, type Column } from "../column.ts";
import { conditionOf, hasAt, hasCondition, listAt, textAt, textsAt } from "../cells/object-fields.ts";

export const CUSTOM_RESOURCE_DEFINITIONS: readonly Column[] = [
  NAME,
  text("Scope", field("spec.scope")),
  text("Versions", servedVersions),
  CREATED_AT,
  wide(text("Group", field("spec.group"))),
  wide(text("Kind", field("spec.names.kind"))),
  wide(text("ShortNames", (definition) => textsAt(definition, "spec.names.shortNames").join(","))),
  wide(flag("Established", (definition) => hasCondition(definition, "Established"))),
];

export const API_SERVICES: readonly Column[] = [
  NAME,
  text("Service", (service) =>
    hasAt(service, "spec.service")
      ? `${textAt(service, "spec.service.namespace")}/${textAt(service, "spec.service.name")}`
      : "Local",
  ),
  text("Available", availability),
  AGE,
];

export const STORAGE_VERSION_MIGRATIONS: readonly Column[] = [
  { ...NAME, format: "" },
  text("Resource", (migration) =>
    [textAt(migration, "spec.resource.resource"), textAt(migration, "spec.resource.group")].filter(Boolean).join("."),
  ),
  text(
    "Status",
    (migration) => ["Succeeded", "Failed", "Running"].find((type) => hasCondition(migration, type)) ?? "Unknown",
  ),
];

function servedVersions(definition: ApiObject): string {
  return listAt(definition, "spec.versions")
    .filter((version) => fieldOf(version, "served") === true)
    .map((version) => `${textAt(version, "name")}${fieldOf(version, "storage") === true ? "(storage)" : ""}`)
    .sort()
    .join(",");
}

function availability(service: ApiObject): string {
  const condition = conditionOf(service, "Available");
  const status = textAt(condition, "status") || "Unknown";
  return status === "True" ? status : `${status} (${textAt(condition, "reason")})`;
}
