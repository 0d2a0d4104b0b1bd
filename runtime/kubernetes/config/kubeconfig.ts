import { load } from "js-yaml";
import { elementsOf, fieldOf, isRecord, textOf } from "#kernel/json-value.ts";
import { ClusterConfigError } from "../cluster-config-error.ts";
import type { ClusterEntry, UserEntry } from "../cluster-config.ts";
import { readCluster, readUser } from "./kubeconfig-entries.ts";

/** What a kubeconfig says, with its paths made absolute. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly currentContext: string | undefined;
}

export interface ContextEntry {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

export const emptyKubeconfig: Kubeconfig = {
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: undefined,
};

/**
 * Our own reader and not client-node's: that one drops `tokenFile`, groups and extras of impersonation and the
 * cluster's extensions, and reads token files once.
 * @param folder what relative paths start from
 */
export function parseKubeconfig(text: string, folder: string, name = "kubeconfig"): Kubeconfig {
  const config = parseYaml(text, name);
  const currentContext = textOf(config, "current-context");
  return {
    clusters: entries(config, "clusters", (entry) => readCluster(entry, folder, name)),
    users: entries(config, "users", (entry) => readUser(entry, folder)),
    contexts: entries(config, "contexts", readContext),
    currentContext: currentContext === "" ? undefined : currentContext,
  };
}

/** As kubectl merges the files of `KUBECONFIG`: the first to name a thing decides. */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  const backwards = [...files].reverse();
  return {
    clusters: new Map(backwards.flatMap(({ clusters }) => [...clusters])),
    users: new Map(backwards.flatMap(({ users }) => [...users])),
    contexts: new Map(backwards.flatMap(({ contexts }) => [...contexts])),
    currentContext: files.find(({ currentContext }) => currentContext !== undefined)?.currentContext,
  };
}

function parseYaml(text: string, name: string): unknown {
  let config: unknown;
  try {
    config = load(text);
  } catch (error) {
    // The rest of js-yaml's message quotes the lines around, in which credentials may stand.
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new ClusterConfigError(`Cannot read kubeconfig "${name}": it is no YAML: ${reason}`, { cause: error });
  }
  if (isRecord(config)) return config;
  throw new ClusterConfigError(`Cannot read kubeconfig "${name}": it is no YAML mapping`);
}

/** Within a file, too, the first of a name decides. */
function entries<T>(config: unknown, key: string, read: (entry: unknown) => T): ReadonlyMap<string, T> {
  const named = elementsOf(config, key).map((entry) => [textOf(entry, "name") ?? "", read(entry)] as const);
  return new Map(named.reverse());
}

function readContext(entry: unknown): ContextEntry {
  const context = fieldOf(entry, "context");
  return {
    cluster: textOf(context, "cluster") ?? "",
    user: textOf(context, "user") ?? "",
    namespace: textOf(context, "namespace") ?? "",
  };
}
