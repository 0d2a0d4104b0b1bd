import { spawnSync } from "node:child_process";

/** For the `skip` option of a test: Prometheus' own checker, of Debian's package `prometheus`. */
export const skipWithoutPromtool: string | false =
  spawnSync("promtool", ["--version"]).status === 0 ? false : "needs promtool, which Debian's package prometheus has";

/** Runs it. Throws what it says if it finds anything wrong. */
export function promtool(args: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync("promtool", args, { input, encoding: "utf8" });
  const said = `${stdout}${stderr}`;
  if (status !== 0) throw new Error(`promtool ${args.join(" ")}:\n${said}`);
  return said;
}
