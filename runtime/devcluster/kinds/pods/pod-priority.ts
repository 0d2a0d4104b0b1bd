import { numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { forbidden } from "../../operations/api-errors.ts";

const PODS = { group: "", plural: "pods" };
const CLASSES = "priorityclasses.scheduling.k8s.io";

/** The number of the pod's priority class (admission plugin `Priority`). Throws 403 for a class that does not exist. */
export function withPriority(pod: ApiObject, spec: JsonRecord, store: ObjectStore): JsonRecord {
  const name = textOf(spec, "priorityClassName") ?? "";
  const found = name === "" ? defaultClass(store) : store.get(CLASSES, { namespace: "", name });
  if (!found && name !== "") throw forbidden(PODS, askedName(pod), `no PriorityClass with name ${name} was found`);
  const priority = numberOf(found, "value") ?? 0;
  const given = numberOf(spec, "priority");
  if (given !== undefined && given !== priority) {
    const reason = `the integer value of priority (${given}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`;
    throw forbidden(PODS, askedName(pod), reason);
  }
  return {
    preemptionPolicy: textOf(found, "preemptionPolicy") ?? "PreemptLowerPriority",
    ...spec,
    priority,
    ...(found && { priorityClassName: found.metadata.name }),
  };
}

/** As it came: admission is before names are drawn. */
function askedName({ metadata: { generateName, name } }: ApiObject): string {
  return generateName || name;
}

/** Of several the one that changes least. */
function defaultClass(store: ObjectStore): ApiObject | undefined {
  return store
    .list(CLASSES)
    .filter(({ globalDefault }) => globalDefault === true)
    .sort((a, b) => (numberOf(a, "value") ?? 0) - (numberOf(b, "value") ?? 0))[0];
}
