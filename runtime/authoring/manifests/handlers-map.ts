import { HANDLERS_LABEL } from "#config/handlers-label.ts";
import type { ManifestsConfig } from "#config/manifests-config.ts";
import type { BundledFile } from "../bundle/bundled-file.ts";
import { type Identity, ownMetadata } from "./identity.ts";
import type { KubeObject } from "./kube-object.ts";

const SUFFIX = "-handlers";

/** The ConfigMap that holds the handlers. */
export function handlersMapName({ name }: Pick<Identity, "name">): string {
  return `${name}${SUFFIX}`;
}

export function handlersMap(
  identity: Identity,
  { load }: Pick<ManifestsConfig, "load">,
  files: readonly BundledFile[],
): KubeObject {
  const metadata = ownMetadata(identity, SUFFIX);
  const labels = { ...metadata.labels, ...(load === "configmaps" && HANDLERS_LABEL) };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...metadata, labels },
    data: Object.fromEntries(files.map(({ key, text }) => [key, text])),
  };
}
