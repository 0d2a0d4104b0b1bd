/** What `dev` adds to the configuration of `start`: how much of a cluster it may touch, and what it shows. */
import { type ConfigResult, resolveRuntimeConfig, type RuntimeConfig, type StartFlags } from "./runtime-config.ts";

export interface DevFlags extends Omit<StartFlags, "watch"> {
  readonly live?: boolean;
  readonly activity?: string;
}

/** How much happens by itself in the embedded cluster. */
export type Activity = "off" | "calm" | "busy";

export type DevConfigResult =
  | {
      readonly type: "ok";
      readonly config: RuntimeConfig;
      /** `embedded`: the kubeconfig is known only when it runs. */
      readonly cluster: "embedded" | "real";
      readonly activity: Activity;
    }
  | Extract<ConfigResult, { type: "invalid" }>;

const ACTIVITIES: readonly Activity[] = ["off", "calm", "busy"];

/** Somebody waits for the prompt. */
const GRACE = "1s";

export function resolveDevConfig(flags: DevFlags, around: Parameters<typeof resolveRuntimeConfig>[1]): DevConfigResult {
  const { activity: wanted = "calm", live = false } = flags;
  const activity = ACTIVITIES.find((one) => one === wanted);
  if (!activity) {
    return { type: "invalid", message: `Cannot use --activity "${wanted}": it takes ${ACTIVITIES.join(", ")}.` };
  }
  const resolved = resolveRuntimeConfig({ grace: GRACE, log: "pretty", ...flags, watch: true }, around);
  if (resolved.type === "invalid") return resolved;
  const cluster = flags.kubeconfig === undefined && flags.context === undefined ? "embedded" : "real";
  const { config } = resolved;
  const own: Partial<RuntimeConfig> = {
    runLog: config.log === "pretty" ? "everything" : "failures",
    skipInitial: cluster === "real",
    dryRun: cluster === "real" && !live,
    checkTypes: true,
  };
  return { type: "ok", config: Object.freeze({ ...config, ...own }), cluster, activity };
}
