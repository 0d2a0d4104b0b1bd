import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ClusterConfigError } from "./cluster-config-error.ts";
import type { ClusterConfig, Environment, UserEntry } from "./cluster-config.ts";
import { inClusterConfig } from "./config/in-cluster-config.ts";
import { emptyKubeconfig, mergeKubeconfigs, parseKubeconfig, type Kubeconfig } from "./config/kubeconfig.ts";

export interface ClusterConfigSource {
  /** The path that `--kubeconfig` names: then nothing else is read. */
  readonly kubeconfig?: string | undefined;
  /** The context that `--context` names. @default the current one */
  readonly context?: string | undefined;
  /** `KUBECONFIG`, `HOME`, and what a pod finds about its own cluster. */
  readonly environment: Environment;
}

/**
 * Finds the cluster where kubectl finds it: `--kubeconfig`, else the files of `KUBECONFIG`, else `~/.kube/config`,
 * else the cluster of the pod. Throws `ClusterConfigError`.
 */
export function loadClusterConfig(source: ClusterConfigSource): ClusterConfig {
  const { kubeconfig, context, environment } = source;
  if (kubeconfig !== undefined) return selectContext(readKubeconfig(kubeconfig), context, `"${kubeconfig}"`);
  const paths = defaultPaths(environment);
  const files = paths.map(readIfPresent).filter((file) => file !== undefined);
  const where = paths.map((path) => `"${path}"`).join(", ");
  if (files.length > 0) return selectContext(mergeKubeconfigs(files), context, where);
  const own = inClusterConfig(environment);
  if (own) return own;
  const fact = where === "" ? "HOME is not set" : `there is no ${where}`;
  throw new ClusterConfigError(
    `Cannot find a cluster: ${fact}, and this is no pod. Pass --kubeconfig FILE or set KUBECONFIG`,
  );
}

/** Chooses a context of a kubeconfig given as text: YAML, or the JSON of `KubeConfig.exportConfig()`. */
export function clusterConfigFromText(text: string, folder: string, context?: string): ClusterConfig {
  return selectContext(parseKubeconfig(text, folder), context, "the kubeconfig");
}

function defaultPaths(environment: Environment): string[] {
  const listed = (environment["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  if (listed.length > 0) return listed;
  const home = environment["HOME"] ?? environment["USERPROFILE"];
  return home === undefined || home === "" ? [] : [join(home, ".kube", "config")];
}

const NAME_ANOTHER = "Name another one with --kubeconfig";

function readKubeconfig(path: string): Kubeconfig {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ClusterConfigError(`Cannot read kubeconfig "${path}": ${reasonOf(error)}. ${NAME_ANOTHER}`, {
      cause: error,
    });
  }
  return text.trim() === "" ? emptyKubeconfig : parseKubeconfig(text, join(path, ".."), path);
}

/** Of the default files, those that are missing do not count. */
function readIfPresent(path: string): Kubeconfig | undefined {
  try {
    return readKubeconfig(path);
  } catch (error) {
    if (error instanceof ClusterConfigError && isMissing(error.cause)) return undefined;
    throw error;
  }
}

function selectContext(config: Kubeconfig, wanted: string | undefined, where: string): ClusterConfig {
  const name = wanted ?? config.currentContext;
  if (name === undefined) {
    throw new ClusterConfigError(`Cannot choose a context: ${where} has no current-context. ${choices(config)}`);
  }
  const context = config.contexts.get(name);
  if (!context) {
    throw new ClusterConfigError(`Cannot use context "${name}": it is not in ${where}. ${choices(config)}`);
  }
  const cluster = config.clusters.get(context.cluster);
  if (!cluster) {
    throw new ClusterConfigError(`Cannot use context "${name}": cluster "${context.cluster}" is not in ${where}`);
  }
  const user = context.user === "" ? anonymous : config.users.get(context.user);
  if (!user) throw new ClusterConfigError(`Cannot use context "${name}": user "${context.user}" is not in ${where}`);
  return { cluster, user, namespace: context.namespace === "" ? "default" : context.namespace };
}

const anonymous: UserEntry = { name: "" };

function choices(config: Kubeconfig): string {
  const names = [...config.contexts.keys()];
  return names.length === 0 ? `It names no contexts. ${NAME_ANOTHER}` : `Its contexts: ${names.join(", ")}`;
}

function isMissing(error: unknown): boolean {
  return hasCode(error, "ENOENT");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function reasonOf(error: unknown): string {
  if (isMissing(error)) return "no such file";
  if (hasCode(error, "EISDIR")) return "it is a directory";
  if (hasCode(error, "EACCES")) return "no permission to read it";
  return error instanceof Error ? error.message : String(error);
}
