import { fieldOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { jsonTypeOf } from "../schema/check-type.ts";
import { generatedResources } from "./built-in-resources.generated.ts";
import type { ServedResource } from "./served-resource.ts";

/**
 * Why a body does not say that it is what is sent to the resource, in the server's words. `undefined`: it does, or says
 * nothing, which for built-in kinds is enough. That a custom resource's kind is another one is for validation to say.
 */
export function identityError(resource: ServedResource, body: JsonRecord): string | undefined {
  for (const name of ["apiVersion", "kind"]) {
    const type = jsonTypeOf(fieldOf(body, name) ?? null);
    if (type !== "string" && type !== "null") return unrecognized(resource, body, typeFault(name, type));
  }
  const [kind, apiVersion] = [textOf(body, "kind") ?? "", textOf(body, "apiVersion") ?? ""];
  return resource.custom
    ? customError(resource, body, kind, apiVersion)
    : builtInError(resource, body, kind === "" ? resource.kind : kind, apiVersion || apiVersionOf(resource));
}

const GO_TYPES: Readonly<Record<string, string>> = { integer: "number", boolean: "bool" };

function typeFault(name: string, type: string): string {
  const fault = `json: cannot unmarshal ${GO_TYPES[type] ?? type} into Go struct field .${name} of type string`;
  return `couldn't get version/kind; json parse error: ${fault}`;
}

function customError(resource: ServedResource, body: JsonRecord, kind: string, apiVersion: string): string | undefined {
  if (kind === "") return unrecognized(resource, body, `Object 'Kind' is missing in '${JSON.stringify(body)}'`);
  return apiVersion === apiVersionOf(resource) ? undefined : otherVersion(resource, apiVersion);
}

function builtInError(
  resource: ServedResource,
  body: JsonRecord,
  kind: string,
  apiVersion: string,
): string | undefined {
  const wanted = apiVersionOf(resource);
  if (kind === resource.kind && apiVersion === wanted) return undefined;
  if (apiVersion.split("/").length > 2)
    return unrecognized(resource, body, `unexpected GroupVersion string: ${apiVersion}`);
  const [version = "", group = ""] = apiVersion.split("/").toReversed();
  const isOwnKind = kind === resource.kind && group === resource.group;
  if (isOwnKind && (isRegistered(apiVersion, kind) || isPreview(version))) return otherVersion(resource, apiVersion);
  const cannot = `${kind} in version "${version}" cannot be handled as a ${resource.kind}`;
  if (!isRegistered(apiVersion, kind)) {
    return `${cannot}: no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
  }
  const internal = resource.group === "" ? "core" : resource.group.split(".")[0];
  return `${cannot}: converting (${version}.${kind}) to (${internal}.${resource.kind}): unknown conversion`;
}

function otherVersion(resource: ServedResource, apiVersion: string): string {
  return `the API version in the data (${apiVersion}) does not match the expected API version (${apiVersionOf(resource)})`;
}

function isRegistered(apiVersion: string, kind: string): boolean {
  const own = kind.replace(/List$/, "");
  return generatedResources.some((one) => apiVersionOf(one) === apiVersion && (one.kind === kind || one.kind === own));
}

function isPreview(version: string): boolean {
  return /^v\d+(?:alpha|beta)\d+$/.test(version);
}

const SHOWN = 30;

function unrecognized({ kind }: ServedResource, body: JsonRecord, why: string): string {
  const text = JSON.stringify(body);
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)} ...` : text;
  return `the object provided is unrecognized (must be of type ${kind}): ${why} (${shown})`;
}
