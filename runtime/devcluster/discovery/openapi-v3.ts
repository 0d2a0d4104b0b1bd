import { createHash } from "node:crypto";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import { builtInDefinitions } from "../schema/built-in-schemas.generated.ts";
import type { ApiGroup, ApiGroupVersion } from "./api-groups.ts";
import { openapiComponents } from "./openapi-components.ts";

/** What `/openapi/v3` answers. */
export function openapiV3Index(groups: readonly ApiGroup[]): JsonRecord {
  const entries = groups.flatMap(({ versions }) =>
    versions.map((version): [string, JsonRecord] => {
      const path = pathOf(version);
      return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${contentHash(version)}` }];
    }),
  );
  return { paths: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * What `/openapi/v3/apis/GROUP/VERSION` answers: whether the server checks fields on its own and what `kubectl explain`
 * shows, as far as schemas without descriptions go.
 */
export function openapiV3Document(version: ApiGroupVersion): JsonRecord {
  const patchable = version.resources.filter(({ verbs }) => verbs.includes("patch"));
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: "1.37" },
    paths: Object.fromEntries(
      patchable.map((resource) => [objectPath(version, resource), { patch: patchOperation(resource) }]),
    ),
    components: { schemas: openapiComponents(version.resources) },
  };
}

/** Changes whenever the document does: clients keep a document for as long as its hash stays. */
export function contentHash({ resources }: ApiGroupVersion): string {
  const hash = createHash("sha512").update(DEFINITIONS_HASH);
  for (const { group, version, plural, kind, namespaced, verbs, custom, schema } of resources) {
    hash.update(JSON.stringify([group, version, plural, kind, namespaced, verbs, custom && schema]));
  }
  return hash.digest("hex").toUpperCase();
}

/** Of all built-in schemas, which only another release changes. */
const DEFINITIONS_HASH = createHash("sha512").update(builtInDefinitions).digest();

/** `api/v1`, `apis/apps/v1`. */
export function pathOf({ groupVersion }: ApiGroupVersion): string {
  return groupVersion.includes("/") ? `apis/${groupVersion}` : `api/${groupVersion}`;
}

function objectPath(version: ApiGroupVersion, { namespaced, plural }: ServedResource): string {
  return `/${pathOf(version)}/${namespaced ? "namespaces/{namespace}/" : ""}${plural}/{name}`;
}

const QUERY_PARAMETERS = ["dryRun", "fieldManager", "fieldValidation", "force"];

function patchOperation({ group, version, kind }: ServedResource): JsonRecord {
  return {
    parameters: QUERY_PARAMETERS.map((name) => ({
      name,
      in: "query",
      schema: { type: name === "force" ? "boolean" : "string", uniqueItems: true },
    })),
    responses: { 200: { description: "OK" } },
    "x-kubernetes-action": "patch",
    "x-kubernetes-group-version-kind": { group, version, kind },
  };
}
