/** Which entries of `allow.kube` give more than they name. Kubernetes lists such rights under "RBAC good practices". */
import type { KubeRule, ResolvedOptions } from "#handler-api/resolved-options.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import { kubeRuleText } from "./kube-rule-text.ts";

export interface PowerfulEntry {
  /** As written: `create pods/exec in prod`. */
  readonly entry: string;
  /** What whoever has the right can do, and where: `reads every Secret (in prod)`. */
  readonly power: string;
}

/** @param namespace for handlers that name none. `undefined`: all */
export function powerfulEntries(
  { allow, namespaces }: Pick<ResolvedOptions, "allow" | "namespaces">,
  namespace: string | undefined,
): PowerfulEntry[] {
  const otherwise = namespaces ?? (namespace === undefined ? undefined : [namespace]);
  return allow.kube.flatMap((rule) => {
    const power = powerOf(rule, rule.namespace === undefined ? otherwise : [rule.namespace]);
    return power === undefined ? [] : [{ entry: kubeRuleText(rule), power }];
  });
}

interface Power {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly does: string;
}

const ANY = ["get", "list", "create", "patch", "delete"];
const WRITING = ["create", "patch"];

const RUNS_CONTAINERS = "runs containers as any service account of the namespace, with any Secret of it";

const POWERS: readonly Power[] = [
  {
    group: "",
    resources: ["pods/exec", "pods/attach", "pods/ephemeralcontainers"],
    verbs: ANY,
    does: "runs commands in any pod, with that pod's rights",
  },
  { group: "", resources: ["pods/portforward"], verbs: ANY, does: "reaches every port of any pod" },
  {
    group: "",
    resources: ["nodes/proxy"],
    verbs: ANY,
    does: "runs commands in any pod of a node, past audit and admission",
  },
  { group: "", resources: ["serviceaccounts/token"], verbs: ["create"], does: "gets the token of any service account" },
  { group: "", resources: ["pods"], verbs: ["create"], does: RUNS_CONTAINERS },
  { group: "", resources: ["replicationcontrollers"], verbs: WRITING, does: RUNS_CONTAINERS },
  {
    group: "apps",
    resources: ["deployments", "daemonsets", "statefulsets", "replicasets"],
    verbs: WRITING,
    does: RUNS_CONTAINERS,
  },
  { group: "batch", resources: ["jobs", "cronjobs"], verbs: WRITING, does: RUNS_CONTAINERS },
  {
    group: "",
    resources: ["persistentvolumes"],
    verbs: ["create"],
    does: "reaches files of nodes, through volumes of type hostPath",
  },
  {
    group: "",
    resources: ["namespaces"],
    verbs: ["patch"],
    does: "changes the labels by which Pod Security and network policies hold for a namespace",
  },
  {
    group: "certificates.k8s.io",
    resources: ["certificatesigningrequests/approval"],
    verbs: ["patch"],
    does: "approves certificates, also those with which somebody logs in to the API server",
  },
  {
    group: "",
    resources: ["secrets"],
    verbs: ["list"],
    does: "reads every Secret, with the tokens and passwords in it",
  },
  {
    group: "rbac.authorization.k8s.io",
    resources: ["roles", "clusterroles", "rolebindings", "clusterrolebindings"],
    verbs: WRITING,
    does: "decides who has which rights",
  },
  {
    group: "admissionregistration.k8s.io",
    resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
    verbs: WRITING,
    does: "reads and changes whatever anybody writes to the API server",
  },
];

/** These are Kubernetes' own kinds, so that no cluster needs to be asked what a name stands for. */
function powerOf(
  { verbs, resource: name, subresource, namespace }: KubeRule,
  places: readonly string[] | undefined,
): string | undefined {
  const resolution = resolveResourceName(name, builtInResources);
  if (resolution.type !== "found") return undefined;
  const { group, plural, namespaced } = resolution.resource;
  // Such an entry grants nothing.
  if (!namespaced && namespace !== undefined) return undefined;
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  const found = POWERS.find(
    (power) =>
      power.group === group && power.resources.includes(resource) && power.verbs.some((verb) => verbs.includes(verb)),
  );
  return found && `${found.does}${namespaced && places ? ` (in ${places.join(", ")})` : ""}`;
}
