/** What `dev` adds to the configuration of `start`: how much of a cluster it may touch, and what it shows. */
import { join } from "node:path";
import { shellWord } from "#kernel/shell-word.ts";
import { activityOf, unknownActivity, type Activity } from "./activity.ts";
import { type Invalid, invalid } from "./config-result.ts";
import { handlersDirectoryOf } from "./handlers-origin.ts";
import { DEFAULT_STATE, resolveRuntimeConfig, type RuntimeConfig, type StartFlags } from "./runtime-config.ts";

export interface DevFlags extends Omit<StartFlags, "watch" | "listen"> {
  readonly live?: boolean;
  readonly activity?: string;
}

export type DevConfigResult =
  | {
      readonly type: "ok";
      readonly config: RuntimeConfig;
      /** Of the handlers, absolute. */
      readonly directory: string;
      /** `embedded`: the kubeconfig is known only when it runs. */
      readonly cluster: "embedded" | "real";
      readonly activity: Activity;
    }
  | Invalid;

/** Somebody waits for the prompt. */
const GRACE = "1s";

const LIVE_ON_EMBEDDED =
  "Cannot use --live on the embedded cluster: handlers may write to it anyway. Leave it out, or name a real cluster with --kubeconfig or --context.";

const ACTIVITY_ON_REAL =
  "Cannot use --activity with --kubeconfig or --context: only the embedded cluster does something by itself. Leave it out, or leave those out for the embedded cluster.";

export function resolveDevConfig(flags: DevFlags, around: Parameters<typeof resolveRuntimeConfig>[1]): DevConfigResult {
  const { activity: wanted = "calm", live = false } = flags;
  const cluster = flags.kubeconfig === undefined && flags.context === undefined ? "embedded" : "real";
  if (flags.activity !== undefined && cluster === "real") return invalid(ACTIVITY_ON_REAL);
  if (live && cluster === "embedded") return invalid(LIVE_ON_EMBEDDED);
  const activity = activityOf(wanted);
  if (!activity) return invalid(unknownActivity(wanted));
  const resolved = resolveRuntimeConfig({ grace: GRACE, log: "pretty", ...flags, watch: true }, around);
  if (resolved.type === "invalid") return resolved;
  const handlers = handlersDirectoryOf(flags.handlers, around.cwd);
  if (handlers.type === "invalid") return handlers;
  const { config } = resolved;
  const own: Partial<RuntimeConfig> = {
    runLog: config.log === "pretty" ? "everything" : "failures",
    skipInitial: cluster === "real",
    replaysOnReload: true,
    dryRun: cluster === "real" && !live,
    recordsEvents: false,
    checkTypes: true,
    typesCommand: typesCommand(flags),
    listen: undefined,
  };
  return { type: "ok", config: Object.freeze({ ...config, ...own }), directory: handlers.path, cluster, activity };
}

/** In the cluster that handlers run on. */
function typesCommand({ kubeconfig, context, handlers, state = DEFAULT_STATE }: DevFlags): string {
  const embedded = kubeconfig === undefined && context === undefined;
  const flags = { kubeconfig: embedded ? join(state, "kubeconfig") : kubeconfig, context, handlers };
  const words = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(value)],
  );
  return ["informd types", ...words].join(" ");
}
