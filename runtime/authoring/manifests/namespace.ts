import { type Identity, labelsOf } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";

/** Every cluster has these, and others live in them: their policy is not ours to set. */
const OF_THE_CLUSTER = /^(?:default|kube-.*)$/;

/** One that takes only pods of the Pod Security Standard "restricted". `undefined` for one of the cluster's own. */
export function namespaceObject(identity: Identity): KubeObject | undefined {
  if (OF_THE_CLUSTER.test(identity.namespace)) return undefined;
  const labels = { ...labelsOf(identity), "pod-security.kubernetes.io/enforce": "restricted" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: identity.namespace, labels } };
}
