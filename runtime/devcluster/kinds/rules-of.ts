/** Which rules hold for which resource. Kinds that are not named have none of their own. */
import type { ServedResource } from "../registry/served-resource.ts";
import { crdRules } from "./custom-resources/crd-rules.ts";
import { customResourceRules } from "./custom-resources/custom-resource-rules.ts";
import { deviceTaintRules } from "./cluster/device-taint-rules.ts";
import { initialStatusOf } from "./initial-status.ts";
import { jobRules } from "./job-rules.ts";
import type { KindRules } from "./kind-rules.ts";
import { namespaceRules } from "./cluster/namespace-rules.ts";
import { nodeRules } from "./cluster/node-rules.ts";
import { podRules } from "./pods/pod-rules.ts";
import { priorityClassRules } from "./cluster/priority-class-rules.ts";
import { protectedBy } from "./protected-by.ts";
import { secretRules } from "./secret-rules.ts";
import { serviceRules } from "./services/service-rules.ts";
import { signingRequestRules } from "./cluster/signing-request-rules.ts";

const RULES: Readonly<Record<string, KindRules>> = {
  "customresourcedefinitions.apiextensions.k8s.io": crdRules,
  "certificatesigningrequests.certificates.k8s.io": signingRequestRules,
  "devicetaintrules.resource.k8s.io": deviceTaintRules,
  "jobs.batch": jobRules,
  namespaces: namespaceRules,
  nodes: nodeRules,
  persistentvolumeclaims: protectedBy("kubernetes.io/pvc-protection"),
  persistentvolumes: protectedBy("kubernetes.io/pv-protection"),
  pods: podRules,
  "priorityclasses.scheduling.k8s.io": priorityClassRules,
  replicationcontrollers: { orphansDependants: true },
  secrets: secretRules,
  services: serviceRules,
  "volumeattributesclasses.storage.k8s.io": protectedBy("kubernetes.io/vac-protection"),
};

/** Upstream: the registries with `ReturnDeletedObject`. */
const RETURN_DELETED: ReadonlySet<string> = new Set([
  "persistentvolumeclaims",
  "persistentvolumes",
  "pods",
  "podtemplates",
  "deviceclasses.resource.k8s.io",
  "resourceclaims.resource.k8s.io",
  "resourceclaimtemplates.resource.k8s.io",
  "resourceslices.resource.k8s.io",
  "resourcequotas",
  "serviceaccounts",
  "services",
  "csidrivers.storage.k8s.io",
  "csinodes.storage.k8s.io",
  "storageclasses.storage.k8s.io",
  "volumeattachments.storage.k8s.io",
  "volumeattributesclasses.storage.k8s.io",
]);

export function rulesOf({ storage, custom }: ServedResource): KindRules {
  return custom ? customResourceRules : (BUILT_IN.get(storage) ?? NONE);
}

const NONE: KindRules = {};

const BUILT_IN: ReadonlyMap<string, KindRules> = new Map(
  [...new Set([...Object.keys(RULES), ...RETURN_DELETED, ...initialStatusOf.keys()])].map((storage) => [
    storage,
    completeRules(storage),
  ]),
);

function completeRules(storage: string): KindRules {
  const rules = RULES[storage] ?? {};
  const status = initialStatusOf.get(storage);
  const { prepareCreate } = rules;
  return {
    returnsDeleted: RETURN_DELETED.has(storage),
    ...rules,
    ...(status && {
      prepareCreate: (object, surroundings) => ({ ...(prepareCreate?.(object, surroundings) ?? object), status }),
    }),
  };
}
