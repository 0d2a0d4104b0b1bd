/** Entries of `allow.kube` that allow nothing that a handler can do, whole or in part: each is most likely a slip. */
import type { KubeRule } from "#handler-api/resolved-options.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { kubeRuleText } from "./kube-rule-text.ts";
import type { KnownResource } from "./manifests/rights.ts";

/** @param find what a name stands for, as written; `undefined` if that is not known */
export function idleEntries(
  { handler, file, options }: Pick<Revision, "handler" | "file" | "options">,
  find: (name: string) => KnownResource | undefined,
): Problem[] {
  return options.allow.kube.flatMap((rule) => {
    const fact = factOf(rule, find(rule.resource));
    if (fact === undefined) return [];
    return [problemOfFile(file, `"${kubeRuleText(rule)}" in allow.kube of handler "${handler}" ${fact}`)];
  });
}

function factOf(rule: KubeRule, resource: KnownResource | undefined): string | undefined {
  const { verbs, resource: name, subresource, namespace } = rule;
  if (resource && !resource.namespaced && namespace !== undefined) {
    return `allows nothing: "${name}" is in no namespace. Write "${kubeRuleText({ ...rule, namespace: undefined })}"`;
  }
  const unused = verbs.filter((verb) => !isUsed(verb, subresource, resource));
  if (unused.length === 0) return undefined;
  const rest = kubeRuleText({ ...rule, verbs: unused });
  return `asks for what no call of kube does: "${rest}". Of subresources they do "patch" of "status" and "scale", and "create pods/eviction"`;
}

/** What the calls of `kube` send: `patchStatus`, `scale` and `evict` alone are about subresources. */
function isUsed(verb: string, subresource: string | undefined, resource: KnownResource | undefined): boolean {
  switch (subresource) {
    case undefined:
      return true;
    case "status":
    case "scale":
      return verb === "patch";
    case "eviction":
      return verb === "create" && (!resource || (resource.group === "" && resource.plural === "pods"));
    default:
      return false;
  }
}
