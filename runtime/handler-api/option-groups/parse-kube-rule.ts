import type { KubeRule } from "../resolved-options.ts";
import { nearestName } from "../nearest-name.ts";
import { oneOf } from "./option-reader.ts";
import { NAMESPACE, RESOURCE_NAME } from "./text-rules.ts";

/** The verbs of RBAC that handlers can use. */
export const KUBE_VERBS = ["get", "list", "create", "patch", "delete"] as const;

const RULE = /^(?<verbs>[^\s,]+(?:\s*,\s*[^\s,]+)*)\s+(?<target>\S+)(?:\s+in\s+(?<namespace>\S+))?$/;
const SUBRESOURCE = /^[a-z]+$/;

/** Reads one entry of `allow.kube`. `fact` says what is wrong with it. */
export function parseKubeRule(
  text: string,
): { readonly type: "rule"; readonly rule: KubeRule } | { readonly type: "wrong"; readonly fact: string } {
  const { verbs: verbList, target = "", namespace } = RULE.exec(text.trim())?.groups ?? {};
  if (verbList === undefined) return wrong(`allowed is "<verbs> <resource>", such as "create,patch events in prod"`);
  const verbs = verbList.split(",").map((verb) => verb.trim());
  const unknown = verbs.find((verb) => !KUBE_VERBS.some((known) => known === verb));
  if (unknown !== undefined) return wrong(unknownVerb(unknown));
  const [resource = "", subresource, ...rest] = target.split("/");
  if (RESOURCE_NAME.fault(resource) !== undefined)
    return wrong(`"${resource}" is no resource; allowed is ${RESOURCE_NAME.allowed}`);
  if (rest.length > 0 || (subresource !== undefined && !SUBRESOURCE.test(subresource))) {
    return wrong(`"${target}" is no subresource; allowed is one after a "/", such as "pods/status"`);
  }
  if (namespace !== undefined && NAMESPACE.fault(namespace) !== undefined) {
    return wrong(`"${namespace}" is no namespace; allowed is ${NAMESPACE.allowed}`);
  }
  return { type: "rule", rule: { verbs, resource, subresource, namespace } };
}

function wrong(fact: string): { readonly type: "wrong"; readonly fact: string } {
  return { type: "wrong", fact };
}

/** Calls of `kube` that are no verbs of RBAC, and verbs that it does not need: what to write instead. */
const NEEDED_INSTEAD = new Map([
  ["apply", "create,patch <resource>"],
  ["evict", "create pods/eviction"],
  ["event", "create events"],
  ["patchStatus", "patch <resource>/status"],
  ["scale", "patch <resource>/scale"],
  ["update", "patch <resource>"],
]);

function unknownVerb(verb: string): string {
  const instead = NEEDED_INSTEAD.get(verb);
  if (instead !== undefined) return `"${verb}" is no verb; write "${instead}"`;
  const near = nearestName(verb, KUBE_VERBS);
  return `"${verb}" is no verb; ${near === undefined ? `allowed is ${oneOf(KUBE_VERBS)}` : `did you mean "${near}"?`}`;
}
