/** Reads which object a handler means, so that nothing in a name can change the meaning of a URL. */
import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import type { ArgumentReader } from "../argument-reader.ts";
import { BadCallError } from "../errors.ts";

/** Upstream: `IsValidPathSegmentName`; and nothing that is invisible, or no text at all. */
const OBJECT_NAME = /^(?!\.{1,2}$)[^/%\s\p{Cc}\p{Cf}\p{Cs}]{1,1024}$/u;
/** Upstream: RFC 1123 labels. */
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export interface KubeScope {
  readonly resource: ApiResource;
  /** `""`: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string;
}

/** @param otherwise the namespace if none is given: the event's */
export function readScope(
  read: ArgumentReader,
  resource: ApiResource,
  namespace: unknown,
  otherwise: string,
): KubeScope {
  const wanted = read.optionalText("namespace", namespace) ?? otherwise;
  if (!resource.namespaced) return { resource, namespace: "" };
  if (wanted === "" || NAMESPACE.test(wanted)) return { resource, namespace: wanted };
  throw new BadCallError(`Cannot use namespace ${JSON.stringify(wanted)}: it is no name of a namespace`);
}

export function readName(read: ArgumentReader, value: unknown): string {
  const name = read.text("name", value);
  if (OBJECT_NAME.test(name)) return name;
  throw new BadCallError(`Cannot use name ${JSON.stringify(name)}: it is no name of an object`);
}

/** Thrown for single objects of a namespaced resource: the event's object may have none. */
export function requireNamespace(action: string, { resource, namespace }: KubeScope): void {
  if (!resource.namespaced || namespace !== "") return;
  throw new BadCallError(`Cannot ${action}: it is in a namespace, and the event's object is not; add "namespace"`);
}

/** `get pods "web" in namespace "prod"`, for messages. */
export function describeAction(
  verb: string,
  { resource, namespace }: KubeScope,
  name?: string,
  subresource?: string,
): string {
  const target = subresource === undefined ? resourceName(resource) : `${resourceName(resource)}/${subresource}`;
  const which = name === undefined ? target : `${target} "${name}"`;
  return namespace === "" ? `${verb} ${which}` : `${verb} ${which} in namespace "${namespace}"`;
}
