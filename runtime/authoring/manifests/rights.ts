/** What handlers and the runtime do with the API server. Pure: names of resources are resolved before. */
import { type HandlerPlace, namespacesFor } from "#broker/kube/cluster-events.ts";
import type { ManifestsConfig } from "#config/manifests-config.ts";
import type { KubeRule, ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { ApiResource } from "#resources/api-resource.ts";

/** One thing that is done with one resource. */
export interface Right {
  /** `undefined`: in the whole cluster. */
  readonly namespace: string | undefined;
  readonly group: string;
  /** With its subresource: `deployments/scale`. */
  readonly resource: string;
  /** Only with the object of this name. `undefined`: with all. */
  readonly objectName: string | undefined;
  readonly verbs: readonly string[];
}

export type KnownResource = Pick<ApiResource, "group" | "plural" | "namespaced">;

/** By name as written by the handler. */
export type KnownResources = ReadonlyMap<string, KnownResource>;

const WATCHING = ["list", "watch"];

/** Names of resources in a handler's options, as written. */
export function namedResources({ resource, listers, allow }: ResolvedOptions): string[] {
  return [resource, ...Object.values(listers).map((one) => one.resource), ...allow.kube.map((rule) => rule.resource)];
}

/** @param watchNamespace for handlers that name none. `undefined`: all */
export function rightsOfHandler(
  options: ResolvedOptions,
  resources: KnownResources,
  watchNamespace: string | undefined,
): Right[] {
  const namespaces = options.namespaces ?? (watchNamespace === undefined ? undefined : [watchNamespace]);
  const watched = resources.get(options.resource);
  const listed = Object.values(options.listers).map(({ resource }) => resources.get(resource));
  return [
    ...(watched ? watching(watched, namespaces, selectedName(options.fieldSelector)) : []),
    ...listed.flatMap((resource) => (resource ? watching(resource, namespaces) : [])),
    ...options.allow.kube.flatMap((rule) => {
      const resource = resources.get(rule.resource);
      return resource ? doing(rule, resource, { namespaces, namespaced: watched?.namespaced ?? true }) : [];
    }),
  ];
}

/** What the runtime itself needs, in its own namespace only. */
export function rightsOfRuntime(
  { load, namespace }: Pick<ManifestsConfig, "load" | "namespace">,
  map: string,
): Right[] {
  const own = { namespace, group: "" };
  const events: Right = { ...own, resource: "events", objectName: undefined, verbs: ["create", "patch"] };
  if (load === "mount") return [events];
  // A right cannot be narrowed to a label.
  const objectName = load === "api" ? map : undefined;
  return [events, { ...own, resource: "configmaps", objectName, verbs: ["get", "list", "watch"] }];
}

function watching(resource: KnownResource, namespaces: readonly string[] | undefined, objectName?: string): Right[] {
  return placesOf(resource, namespaces).map((namespace) => ({
    namespace,
    group: resource.group,
    resource: resource.plural,
    objectName,
    verbs: WATCHING,
  }));
}

/** An entry that names a namespace for a resource that is in none grants nothing, as in the broker. */
function doing(
  { verbs, subresource, namespace: named }: KubeRule,
  resource: KnownResource,
  place: HandlerPlace,
): Right[] {
  if (!resource.namespaced && named !== undefined) return [];
  const done = verbs.flatMap((verb) => {
    const namespaces = named === undefined ? namespacesFor({ verb, resource, subresource }, place) : [named];
    return placesOf(resource, namespaces).map((namespace) => ({ verb, namespace }));
  });
  return [...Map.groupBy(done, ({ namespace }) => namespace)].map(([namespace, there]) => ({
    namespace,
    group: resource.group,
    resource: subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`,
    objectName: undefined,
    verbs: there.map(({ verb }) => verb),
  }));
}

function placesOf(
  { namespaced }: KnownResource,
  namespaces: readonly string[] | undefined,
): readonly (string | undefined)[] {
  return namespaced && namespaces ? namespaces : [undefined];
}

/** The API server authorizes a list or watch with this selector as one of that object alone (apiserver: `RequestInfoFactory`). */
const ONE_OBJECT = /(?:^|,)metadata\.name==?([a-z0-9](?:[-.a-z0-9]*[a-z0-9])?)(?:,|$)/;

function selectedName(fieldSelector: string): string | undefined {
  return ONE_OBJECT.exec(fieldSelector)?.[1];
}
