/** What a request is about, from its method and URL alone (apiserver: `request.RequestInfoFactory`). */
export type RequestInfo = ResourceRequest | PathRequest;

export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection";

export interface ResourceRequest {
  readonly type: "resource";
  /** `""` for a method that the API has no use for. */
  readonly verb: Verb | "";
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** `""` if the path names none. */
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  /** What the path has after the subresource, as of proxies. */
  readonly rest: readonly string[];
}

export interface PathRequest {
  readonly type: "path";
  /** The method in lower case. */
  readonly verb: string;
  readonly method: string;
  readonly path: string;
}

/** @param path the URL's, still encoded */
export function requestInfo(method: string, path: string, query: URLSearchParams): RequestInfo {
  const other: PathRequest = { type: "path", verb: method.toLowerCase(), method, path };
  const parts = decodedParts(path);
  const place = parts && groupAndVersion(parts);
  if (place === undefined) return other;
  const { namespace, parts: inside } = inNamespace(place.rest);
  const [plural = "", name = "", subresource = "", ...rest] = inside;
  const resource = { group: place.group, version: place.version, plural, namespace, name, subresource, rest };
  const verb = VERBS[method] ?? "";
  return { type: "resource", verb: name === "" ? collectionVerb(verb, query) : verb, method, path, ...resource };
}

/** A boolean of a query, as the API machinery reads it: present is true unless it says `0` or `false`. */
export function isTrue(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== "0" && value.toLowerCase() !== "false";
}

const VERBS: Readonly<Record<string, Verb>> = {
  GET: "get",
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

function collectionVerb(verb: Verb | "", query: URLSearchParams): Verb | "" {
  if (verb === "get") return isTrue(query, "watch") ? "watch" : "list";
  return verb === "delete" ? "deletecollection" : verb;
}

function decodedParts(path: string): string[] | undefined {
  try {
    return path
      .replaceAll(/^\/|\/+$/g, "")
      .split("/")
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** `undefined` for what is below no version. */
function groupAndVersion(
  parts: readonly string[],
): { group: string; version: string; rest: readonly string[] } | undefined {
  const [root, first = "", second = ""] = parts;
  if (root === "api" && parts.length > 2) return { group: "", version: first, rest: parts.slice(2) };
  if (root === "apis" && parts.length > 3) return { group: first, version: second, rest: parts.slice(3) };
  return undefined;
}

/** Below a namespace these are its own subresources, everything else is something in it. */
const NAMESPACE_SUBRESOURCES = ["status", "finalize"];

function inNamespace(parts: readonly string[]): { namespace: string; parts: readonly string[] } {
  const [first, namespace = "", inside] = parts;
  if (first !== "namespaces" || namespace === "") return { namespace: "", parts };
  if (inside === undefined || NAMESPACE_SUBRESOURCES.includes(inside)) return { namespace, parts };
  return { namespace, parts: parts.slice(2) };
}
