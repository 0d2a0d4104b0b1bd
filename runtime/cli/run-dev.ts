import { type DevConfigResult, type DevFlags, resolveDevConfig } from "#config/dev-config.ts";
import type { RuntimeConfig } from "#config/runtime-config.ts";
import { openEmbeddedCluster, type OpenedEmbeddedCluster } from "#devcluster/open-embedded-cluster.ts";
import { systemClock } from "#kernel/clock.ts";
import { createJsonSink } from "#observability/json-sink.ts";
import { startRuntime } from "#runtime.ts";
import { DevLog } from "./dev/dev-log.ts";
import { createDevStyle } from "./dev/dev-style.ts";
import { headerText } from "./dev/header.ts";
import { createScreen } from "./dev/screen.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "./exit-codes.ts";
import { explain } from "./explain.ts";
import type { Terminal } from "./terminal.ts";

type Resolved = Extract<DevConfigResult, { type: "ok" }>;

/** Runs the handlers for whoever writes them, until Ctrl-C. Resolves with the exit code. */
export async function dev(flags: DevFlags, terminal: Terminal): Promise<number> {
  const resolved = resolveDevConfig(flags, terminal);
  if (resolved.type === "invalid") {
    terminal.err(`${resolved.message}\n`);
    return EXIT_USAGE;
  }
  const stop = new AbortController();
  const unlisten = terminal.onStop((signal) => stop.abort(signal));
  try {
    if (resolved.cluster === "real") return await run(resolved, terminal, stop.signal);
    const { config, activity } = resolved;
    const opened = await openEmbeddedCluster(
      { clock: systemClock, random: Math.random, onError: (error) => terminal.err(`${explain(error)}\n`) },
      { state: config.state, port: 0, activity, environment: terminal.environment },
    );
    if (opened.type === "open") return await runEmbedded(resolved, opened, terminal, stop.signal);
    terminal.err(`${opened.message}\n`);
    return EXIT_FAILED;
  } finally {
    unlisten();
  }
}

async function runEmbedded(
  resolved: Resolved,
  { kubeconfigPath, stop: stopCluster }: Extract<OpenedEmbeddedCluster, { type: "open" }>,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  try {
    const config: RuntimeConfig = { ...resolved.config, kubeconfig: kubeconfigPath };
    return await run({ ...resolved, config }, terminal, stop);
  } finally {
    await stopCluster();
  }
}

async function run(resolved: Resolved, terminal: Terminal, stop: AbortSignal): Promise<number> {
  const { config } = resolved;
  const log = config.log === "json" ? jsonLog(terminal) : devLog(resolved, terminal);
  try {
    const result = await startRuntime(config, { clock: systemClock, random: Math.random, sink: log.sink }, stop);
    if (result.type === "stopped") return EXIT_OK;
    terminal.err(`${result.message}\n`);
    return EXIT_FAILED;
  } finally {
    log.close();
  }
}

function jsonLog(terminal: Terminal): Pick<DevLog, "sink" | "close"> {
  return { sink: createJsonSink((text) => terminal.out(text)), close: () => {} };
}

function devLog({ config, cluster, activity }: Resolved, terminal: Terminal): DevLog {
  const { colour, cwd } = terminal;
  const style = createDevStyle({ colour, cwd, handlers: config.handlers });
  return new DevLog({
    clock: systemClock,
    screen: createScreen((text) => terminal.out(text), {
      width: () => terminal.width(),
      paint: (status) => style.paint("dim", status),
    }),
    style,
    header: (server) => headerText({ ...config, server, cluster, activity, cwd }, style),
  });
}
