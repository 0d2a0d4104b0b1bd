import { dump } from "js-yaml";
import { HANDLERS_LABEL } from "#config/handlers-label.ts";
import type { BundledFile } from "./bundled-file.ts";

export interface ConfigMapIdentity {
  readonly name: string;
  /** `undefined`: where it is applied. */
  readonly namespace: string | undefined;
}

/** The files as the ConfigMap that `kubectl apply --server-side` takes. */
export function configMapText(
  files: readonly BundledFile[],
  { name, namespace }: ConfigMapIdentity,
  format: "yaml" | "json",
): string {
  const map = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, ...(namespace !== undefined && { namespace }), labels: HANDLERS_LABEL },
    data: Object.fromEntries(files.map(({ key, text }) => [key, text])),
  };
  return format === "json" ? `${JSON.stringify(map, undefined, 2)}\n` : dump(map, { lineWidth: -1, noRefs: true });
}
