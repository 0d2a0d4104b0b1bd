import { fieldOf, isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { duplicate, forbidden, invalid, type FieldCause } from "../../../schema/field-causes.ts";
import { milliOf } from "../../../schema/decoding/quantity.ts";
import { qualifiedNameFaults } from "../name-rules.ts";
import { eachOf } from "../field-checks.ts";
import { recordAt } from "../../../record-at.ts";

const SCOPES = [
  "BestEffort",
  "CrossNamespacePodAffinity",
  "NotBestEffort",
  "NotTerminating",
  "PriorityClass",
  "Terminating",
  "VolumeAttributesClass",
];
const WHOLE = [
  "pods",
  "services",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "replicationcontrollers",
  "resourcequotas",
];
const QUOTAS =
  /^(?:(?:requests|limits)\.)?(?:cpu|memory|storage|ephemeral-storage|hugepages-.+)$|^services\.(?:loadbalancers|nodeports)$/;

export function quotaCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const scopes = textsOf(spec, "scopes");
  const isUnknown = scopes.some((scope) => !SCOPES.includes(scope));
  const causes = Object.entries(recordAt(spec, "hard")).flatMap(([name, amount]) => amountCauses(name, amount));
  return [...causes, ...(isUnknown ? [invalid("spec.scopes", scopes, "unsupported scope")] : [])];
}

function amountCauses(name: string, amount: unknown): FieldCause[] {
  const field = `spec.hard[${name}]`;
  const milli = milliOf(amount) ?? 0n;
  const isKnown = name.includes("/") || WHOLE.includes(name) || QUOTAS.test(name);
  return [
    ...qualifiedNameFaults(name).map((fault) => invalid(field, name, fault)),
    ...(isKnown ? [] : [invalid(field, name, "must be a standard resource for quota")]),
    ...(milli < 0n ? [invalid(field, amount, "must be greater than or equal to 0")] : []),
    ...(WHOLE.includes(name) && milli % 1000n !== 0n ? [invalid(field, amount, "must be an integer")] : []),
  ];
}

export function limitRangeCauses(object: JsonRecord): FieldCause[] {
  const types = new Set<string>();
  return eachOf(recordAt(object, "spec"), "limits", "spec.limits", (limit, path) => {
    const type = textOf(limit, "type") ?? "";
    const isAgain = types.has(type);
    types.add(type);
    return [
      ...(isAgain ? [duplicate(`${path}.type`, type)] : []),
      ...(type === "Pod"
        ? ["default", "defaultRequest"]
            .filter((name) => isRecord(fieldOf(limit, name)))
            .map((name) => forbidden(`${path}.${name}`, "may not be specified when `type` is 'Pod'"))
        : limitOrderCauses(limit, path)),
    ];
  });
}

/** Minimum, default request, default and maximum must not fall. */
function limitOrderCauses(limit: unknown, path: string): FieldCause[] {
  const [min, max] = [recordAt(limit, "min"), recordAt(limit, "max")];
  const lists = { defaultRequest: "default request", default: "default" };
  const isAbove = (a: unknown, b: unknown): boolean =>
    a !== undefined && b !== undefined && (milliOf(a) ?? 0n) > (milliOf(b) ?? 0n);
  return Object.keys(min).flatMap((name) => [
    ...(isAbove(min[name], max[name])
      ? [
          invalid(
            `${path}.min[${name}]`,
            min[name],
            `min value ${String(min[name])} is greater than max value ${String(max[name])}`,
          ),
        ]
      : []),
    ...Object.entries(lists).flatMap(([list, words]) => {
      const value = recordAt(limit, list)[name];
      const shown = list === "default" ? min[name] : value;
      const detail = `min value ${String(min[name])} is greater than ${words} value ${String(value)}`;
      return isAbove(min[name], value) ? [invalid(`${path}.${list}[${name}]`, shown, detail)] : [];
    }),
  ]);
}
