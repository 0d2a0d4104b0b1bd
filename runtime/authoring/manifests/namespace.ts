import type { ManifestsConfig } from "#config/manifests-config.ts";
import { type Identity, labelsOf } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";

/** Every cluster has these, and others live in them: their policy is not ours to set. */
const OF_THE_CLUSTER = /^(?:default|kube-.*)$/;

/** One that takes only pods of the Pod Security Standard "restricted". `undefined` for one that is there already. */
export function namespaceObject(
  identity: Identity,
  { existingNamespace }: Pick<ManifestsConfig, "existingNamespace">,
): KubeObject | undefined {
  if (existingNamespace || OF_THE_CLUSTER.test(identity.namespace)) return undefined;
  const labels = { ...labelsOf(identity), "pod-security.kubernetes.io/enforce": "restricted" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: identity.namespace, labels } };
}
