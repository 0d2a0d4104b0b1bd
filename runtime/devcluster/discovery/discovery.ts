/**
 * The documents that tell clients what the server serves: discovery in all its forms, OpenAPI as far as kubectl needs it,
 * the version. Nothing is kept: a document is made of the resources that are served when it is asked for.
 */
import type { JsonRecord } from "#kernel/json-value.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import { aggregatedDiscovery, type AggregatedVersion } from "./aggregated-discovery.ts";
import { apiGroups, type ApiGroup } from "./api-groups.ts";
import { apiGroup, apiGroupList, apiResourceList, apiVersions } from "./legacy-discovery.ts";
import { OPENAPI_V2, OPENAPI_V2_PROTOBUF } from "./openapi-v2.ts";
import { contentHash, openapiV3Document, openapiV3Index, pathOf } from "./openapi-v3.ts";
import { rootPaths } from "./root-paths.ts";
import { SERVER_VERSION } from "./server-version.ts";

export interface DocumentRequest {
  /** For example `/apis/apps/v1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the client takes, the best first. Empty: anything. */
  readonly accept: readonly AcceptedType[];
}

export interface AcceptedType {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ServedDocument {
  /** Complete, with its parameters. */
  readonly contentType: string;
  readonly body: JsonRecord | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What it makes gives `undefined` for a path that is none of its own. */
export function createDiscovery(
  resources: () => readonly ServedResource[],
): (request: DocumentRequest) => ServedDocument | undefined {
  return (request) => {
    const path = request.path.replace(/(?<=.)\/$/, "");
    const groups = apiGroups(resources());
    const core = groups.filter(({ name }) => name === "");
    const named = groups.filter(({ name }) => name !== "");
    if (path === "/") return json(rootPaths(groups));
    if (path === "/version") return json(SERVER_VERSION);
    if (path === "/openapi/v2") return openapiV2(request);
    if (path === "/openapi/v3") return json(openapiV3Index(groups));
    if (path.startsWith("/openapi/v3/")) return openapiV3(path.slice("/openapi/v3/".length), groups, request);
    if (path === "/api") return aggregated(core, request) ?? json(apiVersions(core[0]));
    if (path === "/apis") return aggregated(named, request) ?? json(apiGroupList(named));
    return groupDocument(path, groups);
  };
}

const AGGREGATED_VERSIONS: readonly AggregatedVersion[] = ["v2", "v2beta1"];

/** `undefined`: the client rather takes the plain document. */
function aggregated(groups: readonly ApiGroup[], { accept }: DocumentRequest): ServedDocument | undefined {
  for (const { type, parameters } of accept) {
    if (type !== "application/json" && type !== "*/*") continue;
    const { g, v, as } = parameters;
    if (as === undefined) return undefined;
    const version = AGGREGATED_VERSIONS.find((known) => known === v);
    if (g !== "apidiscovery.k8s.io" || as !== "APIGroupDiscoveryList" || version === undefined) continue;
    const contentType = `application/json;g=${g};v=${version};as=${as}`;
    return { contentType, body: aggregatedDiscovery(groups, version), headers: { vary: "Accept" } };
  }
  return undefined;
}

function groupDocument(path: string, groups: readonly ApiGroup[]): ServedDocument | undefined {
  const [, prefix, ...names] = path.split("/");
  const group = groups.find(({ name }) => (prefix === "api" ? name === "" : name === names[0]));
  if (group === undefined || (prefix !== "api" && prefix !== "apis")) return undefined;
  if (prefix === "apis" && names.length === 1) return json(apiGroup(group));
  const version = group.versions.find((one) => `/${pathOf(one)}` === path);
  return version && json(apiResourceList(version));
}

function openapiV2({ accept }: DocumentRequest): ServedDocument {
  if (accept[0]?.type === "application/json") return json(OPENAPI_V2);
  const contentType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
  return { contentType, body: OPENAPI_V2_PROTOBUF, headers: { vary: "Accept" } };
}

const A_YEAR = "max-age=31536000";

/** Under the hash of its content a document never changes. */
function openapiV3(path: string, groups: readonly ApiGroup[], { query }: DocumentRequest): ServedDocument | undefined {
  const version = groups.flatMap(({ versions }) => versions).find((one) => pathOf(one) === path);
  if (version === undefined) return undefined;
  const isHashed = query.get("hash") === contentHash(version);
  const cacheControl = isHashed ? `public, immutable, ${A_YEAR}` : "no-cache, private";
  return { ...json(openapiV3Document(version)), headers: { "cache-control": cacheControl, vary: "Accept" } };
}

function json(body: JsonRecord): ServedDocument {
  return { contentType: "application/json", body };
}
