import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
 * Writes a kubeconfig that only its owner can read, whole or not at all. Returns what removes it when the server stops, unless
 * something else is there by then.
 */
export function writeKubeconfig(path: string, entry: KubeconfigEntry): () => void {
  const text = kubeconfigText(entry);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}.tmp`;
  // A file that somebody else put there may be readable by others: `wx` takes none that exists.
  rmSync(aside, { force: true });
  writeFileSync(aside, text, { mode: 0o600, flag: "wx" });
  renameSync(aside, path);
  return () => {
    if (textIn(path) === text) rmSync(path, { force: true });
  };
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
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
