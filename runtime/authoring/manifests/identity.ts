/** What everything that is made for one runtime has in common. */
import type { ManifestsConfig } from "#config/manifests-config.ts";
import type { KubeObject } from "./kube-object.ts";

export interface Identity {
  readonly name: string;
  readonly namespace: string;
  /** Of informd. */
  readonly version: string;
}

export function identityOf({ name, namespace }: ManifestsConfig, version: string): Identity {
  return { name, namespace, version };
}

/** These never change: a Deployment's selector cannot. */
export function selectorLabels({ name }: Identity): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": "informd", "app.kubernetes.io/instance": name };
}

export function labelsOf(identity: Identity): Readonly<Record<string, string>> {
  return { ...selectorLabels(identity), "app.kubernetes.io/version": identity.version };
}

/** In the runtime's own namespace. @param suffix for a second object of a kind */
export function ownMetadata(identity: Identity, suffix = ""): Required<KubeObject["metadata"]> {
  return { name: `${identity.name}${suffix}`, namespace: identity.namespace, labels: labelsOf(identity) };
}

/**
 * Outside of that namespace. No name of a namespace or of anything else holds a colon, so that no other runtime's
 * rights can have the same name.
 */
export function globalName({ name, namespace }: Pick<Identity, "name" | "namespace">): string {
  return `${namespace}:${name}`;
}
