import { type Identity, ownMetadata } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";

/** Pods get its token only if they ask for it, as the runtime's does. */
export function serviceAccount(identity: Identity): KubeObject {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: ownMetadata(identity),
    automountServiceAccountToken: false,
  };
}
