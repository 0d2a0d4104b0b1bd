import type { JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { Subresource } from "../../../registry/served-resource.ts";
import type { ServedResources } from "../../ports.ts";
import { goKind } from "./go-types.ts";
import { badRequest } from "../request-errors.ts";

/** A body that no object can be read from; the message is the real server's. */
export class MalformedBody extends Error {}

export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What a body says that it is. Throws `MalformedBody`. */
export function typeIn(object: JsonRecord): ObjectType {
  const apiVersion = typeField(object, "apiVersion");
  const kind = typeField(object, "kind");
  if (apiVersion.split("/").length > 2) throw new MalformedBody(`unexpected GroupVersion string: ${apiVersion}`);
  return { apiVersion, kind };
}

/** Go's registry of types, with the place in its source that the real server names in messages. */
export function notRegistered({ apiVersion, kind }: ObjectType): string {
  return `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
}

/** Throws 400 for what cannot become an object of a built-in kind; what says nothing is of the expected type. */
export function requireConvertible(
  said: ObjectType,
  expected: ObjectType,
  group: string,
  resources: ServedResources,
): void {
  const apiVersion = said.apiVersion || expected.apiVersion;
  const kind = said.kind || expected.kind;
  if (apiVersion === expected.apiVersion && kind === expected.kind) return;
  const known = builtInTypes(resources).filter((type) => apiVersionOf(type) === apiVersion);
  const isKnown = known.some((type) => type.kind === kind) || (kind === "DeleteOptions" && known.length > 0);
  // Versions of one kind convert into each other.
  if (isKnown && kind === expected.kind && known.some((type) => type.group === group)) return;
  const version = apiVersion.split("/").at(-1) ?? "";
  const reason = isKnown
    ? `converting (${version}.${kind}) to (${goPackage(group)}.${expected.kind}): unknown conversion`
    : notRegistered({ apiVersion, kind });
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${expected.kind}: ${reason}`);
}

function builtInTypes(resources: ServedResources): Pick<Subresource, "group" | "version" | "kind">[] {
  const builtIn = resources.all().filter(({ custom }) => !custom);
  return [...builtIn.flatMap((resource) => [resource, ...Object.values(resource.subresources)]), OLD_EVICTION];
}

/** The last type of a version that is served no more; the real server still reads it. */
const OLD_EVICTION = { group: "policy", version: "v1beta1", kind: "Eviction" };

/** Where Go has the internal types of a group. */
export function goPackage(group: string): string {
  return group === "" ? "core" : (group.split(".")[0] ?? "");
}

function typeField(object: JsonRecord, field: "apiVersion" | "kind"): string {
  const value = object[field] ?? "";
  if (typeof value === "string") return value;
  throw new MalformedBody(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${goKind(value)} into Go struct field .${field} of type string`,
  );
}
