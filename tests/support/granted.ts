import type { PolicyRule, ScopedRules } from "#authoring/manifests/policy-rules.ts";

/** One request as RBAC sees it. */
export interface Request {
  readonly verb: string;
  readonly group: string;
  /** With its subresource. */
  readonly resource: string;
  /** `undefined`: of no namespace, or all at once. */
  readonly namespace: string | undefined;
  /** `undefined`: of no single object. */
  readonly name?: string | undefined;
}

/** What the API server's RBAC authorizer says to a request of a subject that is bound to these rules and to no others. */
export function isGranted(scopes: readonly ScopedRules[], request: Request): boolean {
  return scopes.some(
    ({ namespace, rules }) =>
      (namespace === undefined || namespace === request.namespace) && rules.some((rule) => allows(rule, request)),
  );
}

function allows({ verbs, apiGroups, resources, resourceNames }: PolicyRule, request: Request): boolean {
  return (
    verbs.includes(request.verb) &&
    apiGroups.includes(request.group) &&
    resources.includes(request.resource) &&
    (resourceNames === undefined || resourceNames.some((name) => name === request.name))
  );
}

/** Every single request that the rules grant: one for each verb, resource and object name. */
export function grantedRequests(scopes: readonly ScopedRules[]): Request[] {
  return scopes.flatMap(({ namespace, rules }) =>
    rules.flatMap(({ verbs, apiGroups, resources, resourceNames }) =>
      verbs.flatMap((verb) =>
        apiGroups.flatMap((group) =>
          resources.flatMap((resource) =>
            (resourceNames ?? [undefined]).map((name) => ({ verb, group, resource, namespace, name })),
          ),
        ),
      ),
    ),
  );
}
