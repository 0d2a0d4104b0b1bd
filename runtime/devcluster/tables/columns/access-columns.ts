import type { ApiObject } from "../../api-object.ts";
import { AGE, field, NAME, NONE, text, wide, type Column } from "../column.ts";
import { labelsText } from "../cells/labels-text.ts";
import { humanDuration } from "../cells/human-duration.ts";
import { fieldAt, hasCondition, listAt, textAt } from "../cells/object-fields.ts";

export const ROLE_BINDINGS: readonly Column[] = [
  NAME,
  text("Role", (binding) => `${textAt(binding, "roleRef.kind")}/${textAt(binding, "roleRef.name")}`),
  AGE,
  wide(text("Users", (binding) => subjects(binding, "User"))),
  wide(text("Groups", (binding) => subjects(binding, "Group"))),
  wide(text("ServiceAccounts", (binding) => subjects(binding, "ServiceAccount"))),
];

export const CERTIFICATE_SIGNING_REQUESTS: readonly Column[] = [
  NAME,
  AGE,
  text("SignerName", field("spec.signerName", NONE)),
  text("Requestor", field("spec.username")),
  text("RequestedDuration", (request) => {
    const seconds = fieldAt(request, "spec.expirationSeconds");
    return typeof seconds === "number" ? humanDuration(seconds * 1000) : NONE;
  }),
  text("Condition", requestCondition),
];

export const CLUSTER_TRUST_BUNDLES: readonly Column[] = [NAME, text("SignerName", field("spec.signerName", NONE))];

export const POD_CERTIFICATE_REQUESTS: readonly Column[] = [
  NAME,
  text("PodName", field("spec.podName")),
  text("ServiceAccountName", field("spec.serviceAccountName")),
  text("NodeName", field("spec.nodeName")),
  text("SignerName", field("spec.signerName")),
  text("State", (request) => {
    const types = ["Issued", "Denied", "Failed"];
    return types.find((type) => hasCondition(request, type)) ?? "Pending";
  }),
  text("UnverifiedUserAnnotations", (request) => labelsText(fieldAt(request, "spec.unverifiedUserAnnotations"))),
];

function subjects(binding: ApiObject, kind: string): string {
  return listAt(binding, "subjects")
    .filter((subject) => textAt(subject, "kind") === kind)
    .map((subject) => {
      const name = textAt(subject, "name");
      return kind === "ServiceAccount" ? `${textAt(subject, "namespace")}/${name}` : name;
    })
    .join(", ");
}

function requestCondition(request: ApiObject): string {
  const types = listAt(request, "status.conditions").map((condition) => textAt(condition, "type"));
  const decision = types.includes("Denied") ? "Denied" : types.includes("Approved") ? "Approved" : "Pending";
  const failed = types.includes("Failed") ? ",Failed" : "";
  return `${decision}${failed}${textAt(request, "status.certificate") === "" ? "" : ",Issued"}`;
}
