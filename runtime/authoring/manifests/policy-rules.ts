/** From rights to the fewest rules of RBAC that grant exactly them, in an order that does not depend on theirs. */
import type { Right } from "./rights.ts";

/** Of a Role or ClusterRole. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface ScopedRules {
  /** `undefined`: in the whole cluster. */
  readonly namespace: string | undefined;
  readonly rules: readonly PolicyRule[];
}

/** The cluster's first, then by namespace. What the cluster's grant is not granted again in a namespace. */
export function policyRules(rights: readonly Right[]): ScopedRules[] {
  const merged = mergedRights(rights);
  const needed = merged
    .map((right) => ({
      ...right,
      verbs: right.verbs.filter((verb) => !merged.some((other) => grants(other, right, verb))),
    }))
    .filter(({ verbs }) => verbs.length > 0);
  const byNamespace = Map.groupBy(needed, ({ namespace }) => namespace);
  return [...byNamespace]
    .map(([namespace, own]) => ({ namespace, rules: rulesOf(own) }))
    .toSorted((a, b) => compare(a.namespace ?? "", b.namespace ?? ""));
}

/** One for each place, resource and object, with all its verbs. */
function mergedRights(rights: readonly Right[]): Right[] {
  const same = Map.groupBy(rights, ({ namespace, group, resource, objectName }) =>
    JSON.stringify([namespace, group, resource, objectName]),
  );
  return [...same.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, verbs: inOrder([first, ...others].flatMap(({ verbs }) => verbs)) }] : [],
  );
}

/** Whether a wider right makes this verb needless. */
function grants(wide: Right, right: Right, verb: string): boolean {
  return (
    wide !== right &&
    wide.group === right.group &&
    wide.resource === right.resource &&
    wide.verbs.includes(verb) &&
    (wide.namespace === undefined || wide.namespace === right.namespace) &&
    (wide.objectName === undefined || wide.objectName === right.objectName)
  );
}

function rulesOf(rights: readonly Right[]): PolicyRule[] {
  const alike = Map.groupBy(rights, ({ group, objectName, verbs }) => JSON.stringify([group, verbs, objectName]));
  return [...alike.values()]
    .flatMap(([first, ...others]): PolicyRule[] => {
      if (!first) return [];
      return [
        {
          apiGroups: [first.group],
          resources: [first, ...others].map(({ resource }) => resource).toSorted(compare),
          ...(first.objectName !== undefined && { resourceNames: [first.objectName] }),
          verbs: first.verbs,
        },
      ];
    })
    .toSorted((a, b) => compare(sortKey(a), sortKey(b)));
}

function sortKey({ apiGroups, resources, resourceNames = [], verbs }: PolicyRule): string {
  return [apiGroups, resources, resourceNames, verbs].map((part) => part.join(",")).join(" ");
}

const VERBS = ["get", "list", "watch", "create", "patch", "delete"];

function inOrder(verbs: readonly string[]): string[] {
  return [...new Set(verbs)].toSorted((a, b) => VERBS.indexOf(a) - VERBS.indexOf(b));
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
