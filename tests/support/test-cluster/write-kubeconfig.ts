import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface KubeconfigParts {
  readonly name: string;
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  /** What a kubeconfig says under `user`. */
  readonly user: object;
  readonly namespace?: string;
}

/** Writes `NAME.kubeconfig` into a folder. Returns its path. */
export function writeKubeconfig(
  folder: string,
  { name, url, ca, user, namespace = "default" }: KubeconfigParts,
): string {
  const path = join(folder, `${name}.kubeconfig`);
  const cluster = { server: url, "certificate-authority-data": Buffer.from(ca).toString("base64") };
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
