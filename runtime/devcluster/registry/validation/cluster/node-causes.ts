import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, notSupported, type FieldCause } from "../../../schema/field-causes.ts";
import { qualifiedNameFaults } from "../name-rules.ts";
import { cidrFaults } from "../address-faults.ts";
import { eachOf } from "../field-checks.ts";
import { recordAt } from "../../../record-at.ts";

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** The server names taints by a path of its own. */
export function nodeCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  return [
    ...eachOf(spec, "taints", "metadata.taints", (taint, path) => {
      const [key, effect] = [textOf(taint, "key") ?? "", textOf(taint, "effect") ?? ""];
      return [
        ...qualifiedNameFaults(key).map((fault) => invalid(`${path}.key`, key, fault)),
        ...(EFFECTS.includes(effect) ? [] : [notSupported(`${path}.effect`, effect, EFFECTS)]),
      ];
    }),
    ...eachOf(spec, "podCIDRs", "spec.podCIDRs", (cidr, path) =>
      cidrFaults(String(cidr)).map((fault) => invalid(path, cidr, fault)),
    ),
  ];
}
