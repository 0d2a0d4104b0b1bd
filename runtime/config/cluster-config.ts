/** The configuration of `informd cluster`. */
import { resolve } from "node:path";
import { activityOf, unknownActivity, type Activity } from "./activity.ts";
import { type ConfigResult, invalid, invalidFlag } from "./config-result.ts";

export interface ClusterFlags {
  readonly port?: string;
  readonly activity?: string;
  readonly state?: string;
}

export interface ClusterConfig {
  /** 0: a free one. */
  readonly port: number;
  readonly activity: Activity;
  /** Absolute. */
  readonly state: string;
}

const MAX_PORT = 65_535;

export function resolveClusterConfig(
  { port = "0", activity = "off", state = ".informd" }: ClusterFlags,
  { cwd }: { readonly cwd: string },
): ConfigResult<ClusterConfig> {
  if (!/^\d+$/.test(port) || Number(port) > MAX_PORT)
    return invalidFlag("port", port, `it takes a number from 0 to ${MAX_PORT}; 0 is any free one`);
  const level = activityOf(activity);
  if (!level) return invalid(unknownActivity(activity));
  if (state === "") return invalidFlag("state", "", "it is empty. Give it a value, or leave it out");
  return { type: "ok", config: { port: Number(port), activity: level, state: resolve(cwd, state) } };
}
