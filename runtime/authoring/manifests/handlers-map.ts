import type { BundledFile } from "../bundle/bundled-file.ts";
import { type Identity, ownMetadata } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";

const SUFFIX = "-handlers";

/** The ConfigMap that holds the handlers. */
export function handlersMapName({ name }: Pick<Identity, "name">): string {
  return `${name}${SUFFIX}`;
}

export function handlersMap(identity: Identity, files: readonly BundledFile[]): KubeObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: ownMetadata(identity, SUFFIX),
    data: Object.fromEntries(files.map(({ key, text }) => [key, text])),
  };
}
