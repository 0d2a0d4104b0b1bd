/** Which kind a body says it is of. Bodies need not say, but may not say another one. */
import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { metadataOf } from "../../../api-object.ts";
import type { ResourceRegistry } from "../../../registry/resource-registry.ts";
import type { ServedResource } from "../../../registry/served-resource.ts";
import { invalid } from "../../../schema/field-causes.ts";
import { badRequest } from "../../api-errors.ts";
import { requireNoFaults } from "../../../registry/invalid-error.ts";

export interface ExpectedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

export function expectedKind(resource: Pick<ServedResource, "group" | "version" | "kind">): ExpectedKind {
  return { apiVersion: apiVersionOf(resource), kind: resource.kind };
}

/** Throws 400 for a body of another built-in kind than the expected one. */
export function requireBuiltInKind(registry: ResourceRegistry, expected: ExpectedKind, body: JsonRecord): void {
  const problem = kindProblem(registry, expected, body);
  if (problem !== undefined) throw badRequest(`${subjectOf(expected, body)}: ${problem}`);
  requireVersion(expected, body);
}

/** `ConfigMap in version "v1" cannot be handled as a ConfigMap`: the subject of what cannot be decoded. */
export function subjectOf(expected: ExpectedKind, body: JsonRecord): string {
  const { apiVersion, kind } = givenKind(expected, body);
  return `${kind} in version "${apiVersion.split("/").at(-1)}" cannot be handled as a ${expected.kind}`;
}

/** Why a built-in kind cannot be converted to the expected one, in the words of the server. */
export function kindProblem(registry: ResourceRegistry, expected: ExpectedKind, body: JsonRecord): string | undefined {
  const given = givenKind(expected, body);
  if (given.kind === expected.kind && (given.apiVersion === expected.apiVersion || isServed(registry, given)))
    return undefined;
  if (!isServed(registry, given))
    return `no kind "${given.kind}" is registered for version "${given.apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
  const version = given.apiVersion.split("/").at(-1);
  return `converting (${version}.${given.kind}) to (${packageOf(expected)}.${expected.kind}): unknown conversion`;
}

/** Throws 400 for another version and 422 for another kind than that of a custom resource. */
export function requireCustomKind(expected: ExpectedKind, body: JsonRecord): void {
  requireVersion(expected, body);
  requireValidKind(expected, body);
}

/** Throws 422, as a patch that changes what an object is. */
export function requireValidKind(expected: ExpectedKind, body: JsonRecord): void {
  const given = givenKind(expected, body);
  const object = { ...given, metadata: { name: textOf(metadataOf(body), "name") ?? "" } };
  if (given.apiVersion !== expected.apiVersion)
    requireNoFaults(object, [invalid("apiVersion", given.apiVersion, `must be ${expected.apiVersion}`)]);
  if (given.kind !== expected.kind) requireNoFaults(object, [invalid("kind", given.kind, `must be ${expected.kind}`)]);
}

function requireVersion(expected: ExpectedKind, body: JsonRecord): void {
  const { apiVersion } = givenKind(expected, body);
  if (apiVersion !== expected.apiVersion)
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`,
    );
}

function givenKind(expected: ExpectedKind, body: JsonRecord): ExpectedKind {
  return {
    apiVersion: textOf(body, "apiVersion") || expected.apiVersion,
    kind: textOf(body, "kind") || expected.kind,
  };
}

function isServed(registry: ResourceRegistry, { apiVersion, kind }: ExpectedKind): boolean {
  return registry
    .all()
    .some((resource) => !resource.custom && resource.kind === kind && apiVersionOf(resource) === apiVersion);
}

/** The package of the server's internal types. */
function packageOf({ apiVersion }: ExpectedKind): string {
  return apiVersion.includes("/") ? (apiVersion.split(/[./]/)[0] ?? "") : "core";
}
