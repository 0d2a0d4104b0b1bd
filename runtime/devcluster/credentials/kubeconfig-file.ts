import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ServingCredentials } from "./serving-credentials.ts";

/** Name of the context, the cluster and the user. */
export const CONTEXT = "informd";

export interface KubeconfigEntry {
  /** For example `https://127.0.0.1:6443`. */
  readonly server: string;
  readonly credentials: Pick<ServingCredentials, "ca" | "token">;
}

/**
 * Writes a kubeconfig that only its owner can read, whole or not at all. It stays when the server stops: a shell that
 * exported `KUBECONFIG` then hears "connection refused", and works again after the next start.
 */
export function writeKubeconfig(path: string, entry: KubeconfigEntry): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}.tmp`;
  // A file that somebody else put there may be readable by others: `wx` takes none that exists.
  rmSync(aside, { force: true });
  writeFileSync(aside, kubeconfigText(entry), { mode: 0o600, flag: "wx" });
  renameSync(aside, path);
}

function kubeconfigText({ server, credentials: { ca, token } }: KubeconfigEntry): string {
  return `apiVersion: v1
kind: Config
current-context: ${CONTEXT}
contexts:
- name: ${CONTEXT}
  context:
    cluster: ${CONTEXT}
    user: ${CONTEXT}
    namespace: default
clusters:
- name: ${CONTEXT}
  cluster:
    server: ${JSON.stringify(server)}
    certificate-authority-data: ${Buffer.from(ca).toString("base64")}
users:
- name: ${CONTEXT}
  user:
    token: ${JSON.stringify(token)}
`;
}
