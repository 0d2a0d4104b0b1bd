import { elementsOf, fieldOf, isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import type { StatusCause } from "../../api-status.ts";
import { forbidden, invalid, notSupported, required, type FieldCause } from "../../schema/field-causes.ts";
import { storedVersions } from "./accepted-names.ts";
import { nameCauses } from "./definition-names.ts";
import { versionCauses } from "./definition-versions.ts";
import { label1035Faults, subdomainFaults } from "../validation/name-rules.ts";
import { recordAt } from "../../record-at.ts";

/**
 * What is wrong with a CustomResourceDefinition with its defaults, beside its labels and annotations.
 * (apiextensions: `ValidateCustomResourceDefinition`)
 * @param old what it replaces
 */
export function definitionCauses(definition: JsonRecord, old?: JsonRecord): StatusCause[] {
  const spec = recordAt(definition, "spec");
  const versions = elementsOf(spec, "versions").filter(isRecord);
  return [
    ...(old ? [] : nameCause(definition, spec)),
    ...groupCauses(textOf(spec, "group") ?? ""),
    ...scopeCauses(textOf(spec, "scope") ?? ""),
    ...missingSchemaCauses(versions),
    ...versionNameCauses(versions),
    ...versionListCauses(spec, versions),
    ...nameCauses(recordAt(spec, "names")),
    ...versionCauses(versions),
    ...conversionCauses(spec),
    ...storedVersionCauses(versions, storedVersions(definition)),
    ...approvalCauses(definition, textOf(spec, "group") ?? ""),
    ...preservationCauses(spec),
    ...(old ? immutableCauses(spec, old) : []),
  ];
}

function nameCause(definition: JsonRecord, spec: JsonRecord): FieldCause[] {
  const name = textOf(recordAt(definition, "metadata"), "name") ?? "";
  const wanted = `${textOf(recordAt(spec, "names"), "plural") ?? ""}.${textOf(spec, "group") ?? ""}`;
  const faults =
    name === wanted ? subdomainFaults(name) : [...subdomainFaults(name), 'must be spec.names.plural+"."+spec.group'];
  return faults.map((fault) => invalid("metadata.name", name, fault));
}

function groupCauses(group: string): FieldCause[] {
  if (group === "") return [required("spec.group")];
  const faults = subdomainFaults(group);
  if (faults.length > 0) return [invalid("spec.group", group, faults.join(","))];
  return group.includes(".") ? [] : [invalid("spec.group", group, "should be a domain with at least one dot")];
}

function scopeCauses(scope: string): FieldCause[] {
  if (scope === "") return [required("spec.scope")];
  const scopes = ["Cluster", "Namespaced"];
  return scopes.includes(scope) ? [] : [notSupported("spec.scope", scope, scopes)];
}

function missingSchemaCauses(versions: readonly JsonRecord[]): FieldCause[] {
  return versions.flatMap((version, index) =>
    isRecord(fieldOf(fieldOf(version, "schema"), "openAPIV3Schema"))
      ? []
      : [required(`spec.versions[${index}].schema.openAPIV3Schema`)],
  );
}

function versionNameCauses(versions: readonly JsonRecord[]): FieldCause[] {
  return versions.flatMap((version, index) => {
    const name = textOf(version, "name") ?? "";
    const isWarned = textOf(version, "deprecationWarning") !== undefined && fieldOf(version, "deprecated") !== true;
    const warning = textOf(version, "deprecationWarning");
    return [
      ...label1035Faults(name).map((fault) => invalid(`spec.versions[${index}].name`, name, fault)),
      ...(isWarned
        ? [invalid(`spec.versions[${index}].deprecationWarning`, warning, "can only be set for deprecated versions")]
        : []),
    ];
  });
}

function versionListCauses(spec: JsonRecord, versions: readonly JsonRecord[]): FieldCause[] {
  const names = versions.map((version) => textOf(version, "name") ?? "");
  const value = fieldOf(spec, "versions") === undefined ? "null" : versionsText(versions);
  const wrong = (detail: string): FieldCause => ({
    ...invalid("spec.versions", "", ""),
    message: `Invalid value: ${value}: ${detail}`,
  });
  const first = names[0] ?? "";
  return [
    ...(new Set(names).size < names.length ? [wrong("must contain unique version names")] : []),
    ...(versions.filter(isStorage).length === 1
      ? []
      : [wrong("must have exactly one version marked as storage version")]),
    ...(first === "" ? [] : label1035Faults(first).map((fault) => invalid("spec.version", first, fault))),
  ];
}

/** As Go shows its own structs, whose members that all versions share it has moved elsewhere. */
function versionsText(versions: readonly JsonRecord[]): string {
  return JSON.stringify(
    versions.map((version) => ({
      Name: textOf(version, "name") ?? "",
      Served: fieldOf(version, "served") === true,
      Storage: isStorage(version),
      Deprecated: fieldOf(version, "deprecated") === true,
      DeprecationWarning: textOf(version, "deprecationWarning") ?? null,
      Schema: null,
      Subresources: null,
      AdditionalPrinterColumns: null,
      SelectableFields: null,
    })),
  );
}

function conversionCauses(spec: JsonRecord): FieldCause[] {
  const conversion = recordAt(spec, "conversion");
  const strategy = textOf(conversion, "strategy") ?? "";
  const webhook = recordAt(conversion, "webhook");
  const reviewed = textsOf(webhook, "conversionReviewVersions").length > 0;
  const strategies = ["None", "Webhook"];
  if (!strategies.includes(strategy)) return [notSupported("spec.conversion.strategy", strategy, strategies)];
  const [client, review] = ["spec.conversion.webhookClientConfig", "spec.conversion.conversionReviewVersions"];
  const isClient = isRecord(fieldOf(webhook, "clientConfig"));
  if (strategy === "None") {
    const reason = "should not be set when strategy is not set to Webhook";
    return [...(isClient ? [forbidden(client, reason)] : []), ...(reviewed ? [forbidden(review, reason)] : [])];
  }
  return [
    ...(isClient ? [] : [required(client, "required when strategy is set to Webhook")]),
    ...(reviewed ? [] : [required(review)]),
  ];
}

function storedVersionCauses(versions: readonly JsonRecord[], stored: readonly string[]): FieldCause[] {
  const path = "status.storedVersions";
  if (stored.length === 0) {
    return [{ ...invalid(path, null, "must have at least one stored version") }];
  }
  const names = versions.map((version) => textOf(version, "name") ?? "");
  const missing = stored.flatMap((name, index) =>
    names.includes(name) ? [] : [invalid(`${path}[${index}]`, name, goneText(name))],
  );
  const storage = textOf(versions.findLast(isStorage), "name");
  const isStored = storage === undefined || stored.includes(storage);
  return [...missing, ...(isStored ? [] : [invalid(path, stored, `must have the storage version ${storage}`)])];
}

function goneText(name: string): string {
  return (
    `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage ` +
    `migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`
  );
}

const APPROVAL = "api-approved.kubernetes.io";

function approvalCauses(definition: JsonRecord, group: string): FieldCause[] {
  const isProtected = group === "k8s.io" || group === "kubernetes.io" || /\.(?:k8s|kubernetes)\.io$/.test(group);
  const annotations = fieldOf(recordAt(definition, "metadata"), "annotations");
  const approval = textOf(annotations, APPROVAL);
  const isGiven = approval !== undefined && (approval.startsWith("unapproved") || URL.canParse(approval));
  if (!isProtected || isGiven) return [];
  const detail = `protected groups must have approval annotation "${APPROVAL}", see https://github.com/kubernetes/enhancements/pull/1111`;
  const field = `metadata.annotations[${APPROVAL}]`;
  return approval === undefined ? [required(field, detail)] : [invalid(field, approval, detail)];
}

function preservationCauses(spec: JsonRecord): FieldCause[] {
  if (fieldOf(spec, "preserveUnknownFields") !== true) return [];
  const detail =
    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead";
  return [invalid("spec.preserveUnknownFields", true, detail)];
}

/** What has been served once stays what it is. */
function immutableCauses(spec: JsonRecord, before: JsonRecord): FieldCause[] {
  const old = recordAt(before, "spec");
  const wasServed = elementsOf(recordAt(before, "status"), "conditions").some(
    (condition) => textOf(condition, "type") === "Established" && textOf(condition, "status") === "True",
  );
  const immutable = (path: string, value: unknown, before: unknown): FieldCause[] =>
    value === before ? [] : [invalid(path, value, "field is immutable")];
  const [names, oldNames] = [recordAt(spec, "names"), recordAt(old, "names")];
  return [
    ...(wasServed ? immutable("spec.scope", spec["scope"], old["scope"]) : []),
    ...(wasServed ? immutable("spec.names.kind", names["kind"], oldNames["kind"]) : []),
    ...immutable("spec.group", spec["group"], old["group"]),
    ...immutable("spec.names.plural", names["plural"], oldNames["plural"]),
  ];
}

function isStorage(version: JsonRecord): boolean {
  return fieldOf(version, "storage") === true;
}
