/** Roles with the rights, and their bindings to the runtime's service account. */
import { globalName, type Identity, labelsOf } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";
import type { PolicyRule, ScopedRules } from "./policy-rules.ts";

const GROUP = "rbac.authorization.k8s.io";
const API_VERSION = `${GROUP}/v1`;

export function accessObjects(identity: Identity, scopes: readonly ScopedRules[]): KubeObject[] {
  return scopes.flatMap(({ namespace, rules }) =>
    namespace === undefined ? inCluster(identity, rules) : inNamespace(identity, namespace, rules),
  );
}

function inCluster(identity: Identity, rules: readonly PolicyRule[]): KubeObject[] {
  const metadata = { name: globalName(identity), labels: labelsOf(identity) };
  return [
    { apiVersion: API_VERSION, kind: "ClusterRole", metadata, rules },
    {
      apiVersion: API_VERSION,
      kind: "ClusterRoleBinding",
      metadata,
      ...boundTo(identity, "ClusterRole", metadata.name),
    },
  ];
}

function inNamespace(identity: Identity, namespace: string, rules: readonly PolicyRule[]): KubeObject[] {
  const name = namespace === identity.namespace ? identity.name : globalName(identity);
  const metadata = { name, namespace, labels: labelsOf(identity) };
  return [
    { apiVersion: API_VERSION, kind: "Role", metadata, rules },
    { apiVersion: API_VERSION, kind: "RoleBinding", metadata, ...boundTo(identity, "Role", name) },
  ];
}

function boundTo({ name, namespace }: Identity, kind: string, role: string): Readonly<Record<string, unknown>> {
  return {
    roleRef: { apiGroup: GROUP, kind, name: role },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  };
}
