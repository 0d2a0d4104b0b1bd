import { AGE, count, field, flag, integer, NAME, NONE, text, UNSET, type Cell, type Column } from "../column.ts";
import { selectorCell } from "../cells/labels-text.ts";
import { conditionOf, fieldAt, hasAt, isTrueAt, listAt, textAt } from "../cells/object-fields.ts";

export const DISRUPTION_BUDGETS: readonly Column[] = [
  NAME,
  text("Min Available", numberOrText("spec.minAvailable", "N/A")),
  text("Max Unavailable", numberOrText("spec.maxUnavailable", "N/A")),
  integer("Allowed Disruptions", count("status.disruptionsAllowed")),
  AGE,
];

export const PRIORITY_CLASSES: readonly Column[] = [
  NAME,
  integer("Value", count("value")),
  flag("Global-Default", (priorityClass) => isTrueAt(priorityClass, "globalDefault")),
  AGE,
  text("PreemptionPolicy", field("preemptionPolicy")),
];

export const RUNTIME_CLASSES: readonly Column[] = [NAME, text("Handler", field("handler")), AGE];

export const LEASES: readonly Column[] = [NAME, text("Holder", field("spec.holderIdentity")), AGE];

export const WEBHOOK_CONFIGURATIONS: readonly Column[] = [
  NAME,
  integer("Webhooks", (configuration) => listAt(configuration, "webhooks").length),
  AGE,
];

const PARAM_KIND = text("ParamKind", (policy) =>
  hasAt(policy, "spec.paramKind")
    ? `${textAt(policy, "spec.paramKind.apiVersion")}/${textAt(policy, "spec.paramKind.kind")}`
    : UNSET,
);

export const VALIDATING_POLICIES: readonly Column[] = [
  NAME,
  integer("Validations", (policy) => listAt(policy, "spec.validations").length),
  PARAM_KIND,
  AGE,
];

export const MUTATING_POLICIES: readonly Column[] = [
  NAME,
  integer("Mutations", (policy) => listAt(policy, "spec.mutations").length),
  PARAM_KIND,
  AGE,
];

export const POLICY_BINDINGS: readonly Column[] = [
  NAME,
  text("PolicyName", field("spec.policyName")),
  text("ParamRef", (binding) => {
    const reference = fieldAt(binding, "spec.paramRef");
    if (!hasAt(binding, "spec.paramRef")) return UNSET;
    const name = textAt(reference, "name");
    const namespace = textAt(reference, "namespace");
    if (name === "") return selectorCell(fieldAt(reference, "selector"));
    return namespace === "" ? name : `${namespace}/${name}`;
  }),
  AGE,
];

export const FLOW_SCHEMAS: readonly Column[] = [
  NAME,
  text("PriorityLevel", field("spec.priorityLevelConfiguration.name")),
  text("MatchingPrecedence", count("spec.matchingPrecedence")),
  text("DistinguisherMethod", field("spec.distinguisherMethod.type", NONE)),
  AGE,
  text("MissingPL", (schema) => textAt(conditionOf(schema, "Dangling"), "status") || "?"),
];

export const PRIORITY_LEVELS: readonly Column[] = [
  NAME,
  text("Type", field("spec.type")),
  text("NominalConcurrencyShares", limited("nominalConcurrencyShares")),
  text("Queues", limited("limitResponse.queuing.queues")),
  text("HandSize", limited("limitResponse.queuing.handSize")),
  text("QueueLengthLimit", limited("limitResponse.queuing.queueLengthLimit")),
  AGE,
];

function limited(path: string): Cell {
  return (level) => fieldAt(level, `spec.limited.${path}`) ?? NONE;
}

function numberOrText(path: string, otherwise: string): Cell {
  return (object) => {
    const value = fieldAt(object, path);
    return typeof value === "number" || typeof value === "string" ? String(value) : otherwise;
  };
}
