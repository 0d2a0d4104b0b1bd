import { fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { StatusCause } from "../../api-status.ts";
import { invalid, type FieldCause } from "../../schema/field-causes.ts";
import { listDuplicates } from "../../schema/validation/list-duplicates.ts";
import { memberSchema } from "../../schema/member-schema.ts";
import type { Schema } from "../../schema/schema.ts";
import { validate } from "../../schema/validation/validate.ts";
import { kindFault, subdomainFaults } from "../validation/name-rules.ts";
import type { ScalePaths, ServedResource } from "../served-resource.ts";
import { metadataCauses, metadataUpdateCauses } from "../validation/metadata-causes.ts";
import { recordAt } from "../../record-at.ts";

/**
 * What the server would refuse of a custom resource that has its defaults.
 * @param old what it replaces
 * @param subresource what of it is written
 */
export function validateCustom(
  resource: ServedResource,
  object: JsonRecord,
  old?: JsonRecord,
  subresource = "",
): StatusCause[] {
  const metadata = recordAt(object, "metadata");
  const kind = textOf(object, "kind");
  return [
    ...(kind === resource.kind ? [] : [invalid("kind", kind, `must be ${resource.kind}`)]),
    ...(old
      ? metadataUpdateCauses(metadata, recordAt(old, "metadata"), false)
      : metadataCauses(metadata, resource.namespaced, subdomainFaults, false)),
    ...(subresource === "status" ? statusCauses(resource.schema, object) : customCauses(resource.schema, object)),
    ...scaleCauses(resource.custom?.scale, object),
  ];
}

/** What is wrong beside the metadata: with the schema, the resources that are embedded, the lists. */
export function customCauses(schema: Schema, value: unknown): StatusCause[] {
  return [...validate(schema, value), ...embeddedCauses(schema, value, ""), ...listDuplicates(schema, value)];
}

/** A status is looked at by itself: what is said about it does not know where it is. */
function statusCauses(schema: Schema, object: JsonRecord): StatusCause[] {
  const known = memberSchema(schema, "status");
  if (known === undefined || object["status"] === undefined) return [];
  return customCauses(known, object["status"]).map(({ field = "", ...cause }) => ({
    ...cause,
    field: /^(\[|$)/.test(field) ? `status${field}` : `status.${field}`,
  }));
}

const MAX_REPLICAS = 2_147_483_647;

function scaleCauses(scale: ScalePaths | undefined, object: JsonRecord): FieldCause[] {
  return [scale?.specReplicasPath, scale?.statusReplicasPath].flatMap((path = "") => {
    const replicas = path
      .split(".")
      .slice(1)
      .reduce<unknown>((value, name) => fieldOf(value, name), object);
    if (typeof replicas !== "number") return [];
    if (replicas < 0) return [invalid(path, replicas, "should be a non-negative integer")];
    if (replicas <= MAX_REPLICAS) return [];
    return [invalid(path, replicas, `should be less than or equal to ${MAX_REPLICAS}`)];
  });
}

function embeddedCauses(schema: Schema, value: unknown, path: string): FieldCause[] {
  const { items } = schema;
  if (schema.definition !== undefined) return [];
  if (Array.isArray(value)) {
    return items ? value.flatMap((element, index) => embeddedCauses(items, element, `${path}[${index}]`)) : [];
  }
  if (!isRecord(value)) return [];
  const own = schema["x-kubernetes-embedded-resource"] === true ? identityCauses(value, path) : [];
  const members = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const known = memberSchema(schema, name);
      return known ? embeddedCauses(known, value[name], path === "" ? name : `${path}.${name}`) : [];
    });
  return [...own, ...members];
}

function identityCauses(resource: JsonRecord, path: string): FieldCause[] {
  const [kind, apiVersion] = [textOf(resource, "kind"), textOf(resource, "apiVersion")];
  const kindText = kind === undefined ? undefined : kind === "" ? "must not be empty" : kindFault(kind);
  const versionText = apiVersion === undefined ? undefined : versionFault(apiVersion);
  return [
    ...(kindText === undefined ? [] : [invalid(`${path}.kind`, kind, kindText)]),
    ...(versionText === undefined ? [] : [invalid(`${path}.apiVersion`, apiVersion, versionText)]),
  ];
}

function versionFault(apiVersion: string): string | undefined {
  if (apiVersion === "") return "must not be empty";
  return apiVersion.split("/").length > 2 ? `unexpected GroupVersion string: ${apiVersion}` : undefined;
}
