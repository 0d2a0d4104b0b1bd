import { createHash } from "node:crypto";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import { builtInDefinitions } from "../schema/built-in/built-in-schemas.generated.ts";
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
  const paths = version.resources.map((resource) => [pathTemplate(version, resource), operations(resource)]);
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: "1.37" },
    paths: Object.fromEntries(paths),
    components: { schemas: openapiComponents(version.resources) },
  };
}

/** Changes whenever the document does: clients keep a document for as long as its hash stays. */
export function contentHash({ resources }: ApiGroupVersion): string {
  const hash = createHash("sha512").update(DEFINITIONS_HASH);
  for (const resource of resources) {
    const { group, version, plural, kind, namespaced, verbs } = resource;
    const schema = resource.custom && resource.schema;
    hash.update(JSON.stringify([group, version, plural, kind, namespaced, verbs, schema]));
  }
  return hash.digest("hex").toUpperCase();
}

/** Of all built-in schemas, which only another release changes. */
const DEFINITIONS_HASH = createHash("sha512").update(builtInDefinitions).digest();

/** `api/v1`, `apis/apps/v1`. */
export function pathOf({ groupVersion }: ApiGroupVersion): string {
  return groupVersion.includes("/") ? `apis/${groupVersion}` : `api/${groupVersion}`;
}

/** Of its objects; of the collection for what is only created. */
function pathTemplate(version: ApiGroupVersion, { namespaced, plural, verbs }: ServedResource): string {
  const collection = `/${pathOf(version)}/${namespaced ? "namespaces/{namespace}/" : ""}${plural}`;
  return verbs.includes("get") ? `${collection}/{name}` : collection;
}

const QUERY_PARAMETERS = ["dryRun", "fieldManager", "fieldValidation", "force"];

function operations({ verbs, group, version, kind }: ServedResource): JsonRecord {
  const operation = {
    responses: { 200: { description: "OK" } },
    "x-kubernetes-group-version-kind": { group, version, kind },
  };
  if (!verbs.includes("get")) return { post: operation };
  const parameters = QUERY_PARAMETERS.map((name) => ({
    name,
    in: "query",
    schema: { type: name === "force" ? "boolean" : "string", uniqueItems: true },
  }));
  return { get: operation, ...(verbs.includes("patch") && { patch: { parameters, ...operation } }) };
}
