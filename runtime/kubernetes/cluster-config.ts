import type { JsonRecord } from "#kernel/json-value.ts";

/** One cluster, and who asks it. */
export interface ClusterConfig {
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  /** The context's namespace, `default` if it names none. */
  readonly namespace: string;
  /** It is the cluster of the pod that this process runs in; `namespace` is the pod's. @default false */
  readonly inPod?: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** How to reach a cluster. */
export interface ClusterEntry {
  readonly name: string;
  /** Without a slash at its end. */
  readonly server: string;
  readonly ca: PemSource | undefined;
  readonly insecureSkipTlsVerify: boolean;
  readonly tlsServerName: string | undefined;
  readonly proxyUrl: string | undefined;
  /** What exec plugins get as `spec.cluster.config`. */
  readonly execConfig: unknown;
}

/** Everything that a kubeconfig may say about a user. */
export interface UserEntry {
  readonly name: string;
  readonly token?: string | undefined;
  /** Wins over `token`: it is read again when it changes. */
  readonly tokenFile?: string | undefined;
  readonly basic?: { readonly username: string; readonly password: string } | undefined;
  readonly certificate?: { readonly cert: PemSource; readonly key: PemSource } | undefined;
  readonly exec?: ExecEntry | undefined;
  readonly authProvider?: { readonly name: string; readonly config: JsonRecord } | undefined;
  readonly impersonate?: Impersonation | undefined;
}

/** PEM in the kubeconfig itself, or in a file that may be replaced while we run. */
export type PemSource =
  | { readonly type: "data"; readonly pem: string }
  | { readonly type: "file"; readonly path: string };

export interface ExecEntry {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint: string | undefined;
  readonly interactiveMode: string | undefined;
  readonly provideClusterInfo: boolean;
}

export interface Impersonation {
  readonly user: string;
  readonly uid: string | undefined;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}
