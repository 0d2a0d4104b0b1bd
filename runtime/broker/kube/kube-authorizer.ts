/** Decides what `allow.kube` allows. Pure: names of resources are resolved before. */
import type { KubeRule } from "#handler-api/resolved-options.ts";
import { type ApiResource, resourceName } from "#resources/api-resource.ts";

export interface KubeRequest {
  readonly verb: string;
  readonly resource: Pick<ApiResource, "group" | "plural" | "namespaced">;
  readonly subresource: string | undefined;
  /** `""`: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string;
}

/** A rule and what its resource's name stands for in this cluster; `undefined` if that is not there. */
export interface GrantedRule {
  readonly rule: KubeRule;
  readonly resource: Pick<ApiResource, "group" | "plural"> | undefined;
}

/** @param namespaces the handler's own: they hold for rules that name none. `undefined`: all */
export function isAllowed(
  rules: readonly GrantedRule[],
  request: KubeRequest,
  namespaces: readonly string[] | undefined,
): boolean {
  return rules.some(
    ({ rule, resource }) =>
      mayConcern(rule, request) &&
      resource?.group === request.resource.group &&
      resource.plural === request.resource.plural &&
      holdsIn(rule, request, namespaces),
  );
}

/** Whether the rule is about this verb and subresource, whatever its resource is. */
export function mayConcern(rule: KubeRule, { verb, subresource }: KubeRequest): boolean {
  return rule.verbs.includes(verb) && rule.subresource === subresource;
}

/** The entry that allows the request and nothing more than the handler's namespaces. */
export function entryFor(request: KubeRequest, namespaces: readonly string[] | undefined): string {
  const { verb, resource, subresource, namespace } = request;
  const target = subresource === undefined ? resourceName(resource) : `${resourceName(resource)}/${subresource}`;
  const isInScope = !resource.namespaced || namespace === "" || !namespaces || namespaces.includes(namespace);
  return isInScope ? `${verb} ${target}` : `${verb} ${target} in ${namespace}`;
}

function holdsIn(
  rule: KubeRule,
  { resource, namespace }: KubeRequest,
  namespaces: readonly string[] | undefined,
): boolean {
  if (!resource.namespaced) return rule.namespace === undefined;
  const granted = rule.namespace === undefined ? namespaces : [rule.namespace];
  return granted === undefined || granted.includes(namespace);
}
