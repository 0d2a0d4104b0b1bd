import { elementsOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, type FieldCause } from "../../../schema/field-causes.ts";
import { goText } from "../../../schema/go-text.ts";
import { podSpecCauses } from "./pod-spec-causes.ts";
import { recordAt } from "../../../record-at.ts";

export function podCauses(pod: JsonRecord, old?: JsonRecord): FieldCause[] {
  const causes = podSpecCauses(recordAt(pod, "spec"), "spec");
  return causes.length > 0 || !old ? causes : updateCauses(recordAt(pod, "spec"), recordAt(old, "spec"));
}

const CHANGEABLE =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`," +
  "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations)," +
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/** Of a running pod little may change. The real server adds how the two differ as Go shows it. */
function updateCauses(spec: JsonRecord, old: JsonRecord): FieldCause[] {
  for (const list of ["containers", "initContainers"]) {
    if (elementsOf(spec, list).length !== elementsOf(old, list).length) {
      const kind = list === "containers" ? "containers" : "init containers";
      return [forbidden(`spec.${list}`, `pod updates may not add or remove ${kind}`)];
    }
  }
  const isSame = goText(fixedPart(spec)) === goText(fixedPart(old));
  return isSame && keepsTolerations(spec, old) ? [] : [forbidden("spec", `${CHANGEABLE}\n`)];
}

function fixedPart(spec: JsonRecord): JsonRecord {
  const { activeDeadlineSeconds: _deadline, tolerations: _tolerations, ...rest } = spec;
  const lists = ["containers", "initContainers"].map((name) => [name, elementsOf(spec, name).map(withoutImage)]);
  return { ...rest, ...Object.fromEntries(lists) };
}

function withoutImage(container: unknown): unknown {
  return isRecord(container) ? { ...container, image: "" } : container;
}

function keepsTolerations(spec: JsonRecord, old: JsonRecord): boolean {
  const now = new Set(elementsOf(spec, "tolerations").map((one) => goText(one)));
  return elementsOf(old, "tolerations").every((one) => now.has(goText(one)));
}
