import type { KubeRule } from "#handler-api/resolved-options.ts";

/** An entry of `allow.kube` as one writes it. */
export function kubeRuleText({ verbs, resource, subresource, namespace }: KubeRule): string {
  return `${verbs.join(",")} ${resource}${subresource === undefined ? "" : `/${subresource}`}${namespace === undefined ? "" : ` in ${namespace}`}`;
}
