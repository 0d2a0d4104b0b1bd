import type { JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import type { ServedResources } from "../ports.ts";
import { goKind } from "./go-types.ts";
import { badRequest } from "./request-errors.ts";

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
  { apiVersion, kind }: ObjectType,
  expected: ObjectType,
  { group }: ServedResource,
  resources: ServedResources,
): void {
  const said = { apiVersion: apiVersion || expected.apiVersion, kind: kind || expected.kind };
  const known = resources.all().filter((resource) => !resource.custom && apiVersionOf(resource) === said.apiVersion);
  const isKnown = said.kind === "DeleteOptions" ? known.length > 0 : known.some((one) => one.kind === said.kind);
  const isSame = said.apiVersion === expected.apiVersion && said.kind === expected.kind;
  // Versions of one kind convert into each other.
  if (isSame || (isKnown && said.kind === expected.kind && known.some((one) => one.group === group))) return;
  const version = said.apiVersion.split("/").at(-1) ?? "";
  const reason = isKnown
    ? `converting (${version}.${said.kind}) to (${goPackage(group)}.${expected.kind}): unknown conversion`
    : notRegistered(said);
  throw badRequest(`${said.kind} in version "${version}" cannot be handled as a ${expected.kind}: ${reason}`);
}

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
