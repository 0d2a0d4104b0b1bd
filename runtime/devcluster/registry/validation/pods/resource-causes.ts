import { type JsonRecord } from "#kernel/json-value.ts";
import { invalid, type FieldCause } from "../../../schema/field-causes.ts";
import { goText } from "../../../schema/go-text.ts";
import { milliOf } from "../../../schema/decoding/quantity.ts";
import { qualifiedNameFaults } from "../name-rules.ts";
import { recordAt } from "../../../record-at.ts";

const STANDARD = ["cpu", "memory", "ephemeral-storage"];

/** What is wrong with a container's `resources`. */
export function resourceCauses(resources: JsonRecord, path: string): FieldCause[] {
  const [limits, requests] = [recordAt(resources, "limits"), recordAt(resources, "requests")];
  return [
    ...listCauses(limits, `${path}.limits`),
    ...Object.entries(requests).flatMap(([name, request]) => [
      ...amountCauses(name, request, `${path}.requests`),
      ...aboveLimitCauses(name, request, limits[name], `${path}.requests`),
    ]),
  ];
}

function listCauses(list: JsonRecord, path: string): FieldCause[] {
  return Object.entries(list).flatMap(([name, amount]) => amountCauses(name, amount, path));
}

function amountCauses(name: string, amount: unknown, path: string): FieldCause[] {
  const field = `${path}[${name}]`;
  const isNegative = (milliOf(amount) ?? 0n) < 0n;
  return [
    ...nameFaults(name).map((fault) => invalid(field, name, fault)),
    ...(isNegative ? [invalid(field, amount, "must be greater than or equal to 0")] : []),
  ];
}

function nameFaults(name: string): string[] {
  const faults = qualifiedNameFaults(name);
  const isStandard = STANDARD.includes(name) || name.startsWith("hugepages-");
  if (name.includes("/") || isStandard) return faults;
  const detail = faults.length > 0 ? [] : ["must be a standard resource type or fully qualified"];
  return [...faults, ...detail, "must be a standard resource for containers"];
}

function aboveLimitCauses(name: string, request: unknown, limit: unknown, path: string): FieldCause[] {
  if (limit === undefined || (milliOf(request) ?? 0n) <= (milliOf(limit) ?? 0n)) return [];
  return [
    invalid(
      path,
      request,
      `must be less than or equal to ${name} limit of ${typeof limit === "string" ? limit : goText(limit)}`,
    ),
  ];
}
