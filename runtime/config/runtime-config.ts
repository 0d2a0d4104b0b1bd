/** From flags and environment to one frozen configuration with nothing left to decide. */
import { isAbsolute, resolve } from "node:path";
import { parseDuration } from "#resources/duration.ts";
import { type ConfigResult, invalid } from "./config-result.ts";
import { handlersOriginOf, type HandlersOrigin, isConfigMapName } from "./handlers-origin.ts";
import { type ListenAddress, listenChoice } from "./listen-address.ts";

/** What the command line and `INFORMD_*` say, as text. */
export interface StartFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly handlers?: string;
  readonly mountedMap?: readonly string[];
  readonly watch?: boolean;
  readonly log?: string;
  readonly state?: string;
  readonly grace?: string;
  readonly listen?: string;
}

export interface RuntimeConfig {
  /** Absolute. `undefined`: `$KUBECONFIG`, `~/.kube/config`, or the pod's service account. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** `undefined`: all namespaces. */
  readonly namespace: string | undefined;
  readonly handlers: HandlersOrigin;
  /** Names of the ConfigMaps that the handlers directory is mounted from: which they are cannot be seen from inside. */
  readonly mountedMaps: readonly string[];
  readonly watch: boolean;
  readonly log: LogFormat;
  readonly runLog: RunLogDetail;
  /** Objects that exist when a handler first starts count as handled, whatever the handler's `initial` says. */
  readonly skipInitial: boolean;
  /** A save tries the events of dead letters again: it is mostly the fix. */
  readonly replaysOnReload: boolean;
  /** The API server checks what handlers write, and keeps nothing of it. */
  readonly dryRun: boolean;
  /** Kubernetes Events tell when a handler is degraded, fails or recovers. */
  readonly recordsEvents: boolean;
  /** Beside each reload, with the handlers' own compiler. */
  readonly checkTypes: boolean;
  /** What writes the types of custom kinds; it is told of kinds that have none. `undefined`: nobody wants to know. */
  readonly typesCommand: string | undefined;
  /** Absolute. */
  readonly state: string;
  /** How long running events may take to end after SIGTERM. */
  readonly graceMs: number;
  /** Where health and metrics are served. `undefined`: nowhere. */
  readonly listen: ListenAddress | undefined;
  /** Where the values of `allow.env` come from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type LogFormat = "json" | "pretty";

/** Which of the handlers' runs are logged: those that failed, all when they end, or every step of them. */
export type RunLogDetail = "failures" | "ends" | "everything";

const LOG_FORMATS: readonly LogFormat[] = ["json", "pretty"];

/** The state directory, below the working directory. */
export const DEFAULT_STATE = ".informd";

const NEVER_EMPTY = ["kubeconfig", "context", "handlers", "state"] as const;

/** A label as in RFC 1123: what Kubernetes takes for the name of a namespace. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export function resolveRuntimeConfig(
  flags: StartFlags,
  { cwd, environment }: { readonly cwd: string; readonly environment: RuntimeConfig["environment"] },
): ConfigResult<RuntimeConfig> {
  const empty = NEVER_EMPTY.find((name) => flags[name] === "");
  if (empty) return invalid(`Cannot use --${empty} "": it is empty. Give it a value, or leave it out.`);
  const log = LOG_FORMATS.find((format) => format === (flags.log ?? "json"));
  if (!log) return invalid(`Cannot use --log "${flags.log}": it takes ${LOG_FORMATS.join(" or ")}.`);
  const graceMs = parseDuration(flags.grace ?? "30s");
  if (graceMs === undefined)
    return invalid(`Cannot use --grace "${flags.grace}": it takes a duration such as 30s or 2m.`);
  if (flags.namespace !== undefined && flags.allNamespaces) {
    return invalid(`Cannot use --namespace "${flags.namespace}" together with --all-namespaces: give one of them.`);
  }
  if (flags.namespace !== undefined && !NAMESPACE.test(flags.namespace)) {
    return invalid(`Cannot use --namespace "${flags.namespace}": it takes the name of one namespace, in lower case.`);
  }
  const handlers = handlersOriginOf(flags.handlers, cwd);
  if (handlers.type === "invalid") return handlers;
  const { mountedMap: mountedMaps = [] } = flags;
  const wrongMap = mountedMaps.find((name) => !isConfigMapName(name));
  if (wrongMap !== undefined)
    return invalid(`Cannot use --mounted-map "${wrongMap}": it takes the name of a ConfigMap, without its namespace.`);
  const listen = listenChoice(flags.listen, environment);
  if (listen.type === "invalid") return listen;
  const config: RuntimeConfig = {
    kubeconfig: flags.kubeconfig === undefined ? undefined : absolute(flags.kubeconfig, cwd),
    context: flags.context,
    namespace: flags.namespace,
    handlers: handlers.origin,
    mountedMaps,
    watch: flags.watch ?? false,
    log,
    runLog: log === "pretty" ? "ends" : "failures",
    skipInitial: false,
    replaysOnReload: false,
    dryRun: false,
    recordsEvents: true,
    checkTypes: false,
    typesCommand: undefined,
    state: absolute(flags.state ?? DEFAULT_STATE, cwd),
    graceMs,
    listen: listen.address,
    environment,
  };
  return { type: "ok", config: Object.freeze(config) };
}

function absolute(path: string, cwd: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path);
}
