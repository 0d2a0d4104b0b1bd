import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface KubeconfigParts {
  readonly name: string;
  readonly url: string;
  /** Of the authority, or of the server itself. PEM. */
  readonly caFile: string;
  /** What a kubeconfig says under `user`. */
  readonly user: object;
  readonly namespace?: string;
}

/** Writes `NAME.kubeconfig` into a folder. Returns its path. */
export function writeKubeconfig(
  folder: string,
  { name, url, caFile, user, namespace = "default" }: KubeconfigParts,
): string {
  const path = join(folder, `${name}.kubeconfig`);
  const cluster = { server: url, "certificate-authority": caFile };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: "test", user: name, namespace } }],
    "current-context": name,
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}
