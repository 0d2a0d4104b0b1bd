import { elementsOf, fieldOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ServedResource } from "../../registry/served-resource.ts";

/** What a field selector compares: the field as text, `""` if the object has none. */
export function fieldText(object: ApiObject, field: string, { storage }: ServedResource): string {
  const special = SPECIAL[`${storage} ${field}`];
  return special ? special(object) : textAt(object, field);
}

function textAt(object: ApiObject, field: string): string {
  const value = field.split(".").reduce<unknown>(fieldOf, object);
  if (typeof value === "string") return value;
  return typeof value === "boolean" || typeof value === "number" ? String(value) : "";
}

type ReadText = (object: ApiObject) => string;

/** Selectors that do not name a member, or whose absent member counts as a value. By storage and field. */
const SPECIAL: Readonly<Record<string, ReadText>> = {
  "pods spec.hostNetwork": (pod) => textAt(pod, "spec.hostNetwork") || "false",
  "pods status.podIP": (pod) => podAddress(pod),
  "pods status.podIPs": (pod) => podAddress(pod),
  "nodes spec.unschedulable": (node) => textAt(node, "spec.unschedulable") || "false",
  "events source": (event) => textAt(event, "source.component") || textAt(event, "reportingComponent"),
  "events reportingController": (event) => textAt(event, "reportingComponent"),
  "replicationcontrollers status.replicas": (controller) => textAt(controller, "status.replicas") || "0",
  "jobs.batch status.successful": (job) => textAt(job, "status.succeeded") || "0",
  ...Object.fromEntries(
    ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"].map(
      (member): [string, ReadText] => [
        `events regarding.${member}`,
        (event) => textAt(event, `involvedObject.${member}`),
      ],
    ),
  ),
};

function podAddress(pod: ApiObject): string {
  const [first] = elementsOf(fieldOf(pod, "status"), "podIPs");
  return textOf(first, "ip") ?? textAt(pod, "status.podIP");
}
