import { createHash } from "node:crypto";
import type { JsonRecord } from "#kernel/json-value.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import type { ApiGroup, ApiGroupVersion } from "./api-groups.ts";

/** What `/openapi/v3` answers. The hash is one of content: clients keep a document for as long as its hash stays. */
export function openapiV3Index(groups: readonly ApiGroup[]): JsonRecord {
  const entries = groups.flatMap(({ versions }) =>
    versions.map((version): [string, JsonRecord] => {
      const path = pathOf(version);
      const url = `/openapi/v3/${path}?hash=${contentHash(openapiV3Document(version))}`;
      return [path, { serverRelativeURL: url }];
    }),
  );
  return { paths: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * What `/openapi/v3/apis/GROUP/VERSION` answers. kubectl looks in it whether the server checks fields on its own; schemas are left
 * out, for which kubectl has its own of built-in kinds.
 */
export function openapiV3Document(version: ApiGroupVersion): JsonRecord {
  const patchable = version.resources.filter(({ verbs }) => verbs.includes("patch"));
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: "1.37" },
    paths: Object.fromEntries(
      patchable.map((resource) => [objectPath(version, resource), { patch: patchOperation(resource) }]),
    ),
    components: { schemas: {} },
  };
}

/** `api/v1`, `apis/apps/v1`. */
export function pathOf({ groupVersion }: ApiGroupVersion): string {
  return groupVersion.includes("/") ? `apis/${groupVersion}` : `api/${groupVersion}`;
}

export function contentHash(document: JsonRecord): string {
  return createHash("sha512").update(JSON.stringify(document)).digest("hex").toUpperCase();
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
