import type { ApiObject } from "../../api-object.ts";
import { AGE, field, NAME, text, type Column } from "../column.ts";
import { listAt, recordAt, textAt } from "../cells/object-fields.ts";

export const CONFIG_MAPS: readonly Column[] = [
  NAME,
  text("Data", (object) => keysIn(object, "data", "binaryData")),
  AGE,
];

export const SECRETS: readonly Column[] = [
  NAME,
  text("Type", field("type")),
  text("Data", (object) => keysIn(object, "data")),
  AGE,
];

export const SERVICE_ACCOUNTS: readonly Column[] = [NAME, AGE];

export const NAMESPACES: readonly Column[] = [NAME, text("Status", field("status.phase")), AGE];

export const COMPONENT_STATUSES: readonly Column[] = [
  NAME,
  text("Status", (component) => {
    const status = textAt(health(component), "status");
    if (status === "") return "Unknown";
    return status === "True" ? "Healthy" : "Unhealthy";
  }),
  text("Message", (component) => textAt(health(component), "message")),
  text("Error", (component) => textAt(health(component), "error")),
];

export const RESOURCE_QUOTAS: readonly Column[] = [
  NAME,
  text("Request", (quota) => usage(quota, (resource) => !resource.startsWith("limits."))),
  text("Limit", (quota) => usage(quota, (resource) => resource.startsWith("limits."))),
  AGE,
];

function health(component: ApiObject): unknown {
  return listAt(component, "conditions").find((condition) => textAt(condition, "type") === "Healthy");
}

function keysIn(object: ApiObject, ...members: readonly string[]): number {
  return members.reduce((sum, member) => sum + Object.keys(recordAt(object, member)).length, 0);
}

/** `cpu: 1/2, pods: 3/10`. */
function usage(quota: ApiObject, isWanted: (resource: string) => boolean): string {
  const hard = recordAt(quota, "status.hard");
  const used = recordAt(quota, "status.used");
  const resources = Object.keys(hard).filter(isWanted).sort();
  return resources.map((name) => `${name}: ${quantity(used[name])}/${quantity(hard[name])}`).join(", ");
}

function quantity(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "0";
}
