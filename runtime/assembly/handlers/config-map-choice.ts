/** Which ConfigMaps hold handlers, and where their keys stand in the handlers directory that they make up together. */
import { HANDLERS_LABEL } from "#config/handlers-label.ts";
import type { HandlersOrigin } from "#config/handlers-origin.ts";
import type { ApiResource } from "#resources/api-resource.ts";

export interface ConfigMapChoice {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly fieldSelector: string;
  readonly labelSelector: string;
  fileOf(map: string, key: string): string;
  /** The map of a file, or of a handler by its id. */
  mapOf(file: string): string;
}

const CONFIG_MAPS: ApiResource = {
  group: "",
  version: "v1",
  plural: "configmaps",
  singular: "configmap",
  kind: "ConfigMap",
  shortNames: ["cm"],
  namespaced: true,
  verbs: ["get", "list", "watch"],
};

const LABEL = Object.entries(HANDLERS_LABEL)
  .map(([name, value]) => `${name}=${value}`)
  .join(",");

export type ConfigMapOrigin = Exclude<HandlersOrigin, { readonly type: "directory" }>;

/** Whoever writes handlers runs code with the runtime's rights, so they come from nowhere but its own namespace. */
export function chooseConfigMaps(
  origin: ConfigMapOrigin,
  ownNamespace: string,
): ConfigMapChoice | { readonly type: "failed"; readonly message: string } {
  if (origin.type === "configMaps") {
    return {
      resource: CONFIG_MAPS,
      namespace: ownNamespace,
      fieldSelector: "",
      labelSelector: LABEL,
      fileOf: (map, key) => `${map}/${key}`,
      mapOf: (file) => file.split("/")[0] ?? "",
    };
  }
  const { namespace, name } = origin;
  if (namespace !== ownNamespace) {
    const message = `Cannot take handlers from ConfigMap "${name}" in namespace "${namespace}": the runtime belongs to namespace "${ownNamespace}", and whoever can write its handlers has its rights. Move the ConfigMap there, or name that namespace with -n.`;
    return { type: "failed", message };
  }
  return {
    resource: CONFIG_MAPS,
    namespace,
    fieldSelector: `metadata.name=${name}`,
    labelSelector: "",
    fileOf: (_map, key) => key,
    mapOf: () => name,
  };
}
