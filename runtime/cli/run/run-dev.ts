import { type DevConfigResult, type DevFlags, resolveDevConfig } from "#config/dev-config.ts";
import { openEmbeddedCluster } from "#devcluster/open-embedded-cluster.ts";
import { systemClock } from "#kernel/clock.ts";
import { createLogger } from "#observability/create-logger.ts";
import { createJsonSink } from "#observability/json-sink.ts";
import { type RuntimeResult, startRuntime } from "#runtime.ts";
import { DevLog } from "../dev/dev-log.ts";
import { createDevStyle } from "../dev/dev-style.ts";
import { headerText } from "../dev/header.ts";
import { createScreen } from "../dev/screen.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import { explain } from "../explain.ts";
import type { Terminal } from "../terminal.ts";

type Resolved = Extract<DevConfigResult, { type: "ok" }>;
/** Of `DevLog` what both forms of the log have. */
type Shown = Pick<DevLog, "sink" | "close">;

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
    const run = resolved.cluster === "real" ? runOnRealCluster : runOnEmbeddedCluster;
    const result = await run(resolved, terminal, stop.signal);
    if (result.type === "stopped") return EXIT_OK;
    terminal.err(`${result.message}\n`);
    return EXIT_FAILED;
  } finally {
    unlisten();
  }
}

async function runOnRealCluster(resolved: Resolved, terminal: Terminal, stop: AbortSignal): Promise<RuntimeResult> {
  const { config } = resolved;
  const shown = show(resolved, terminal, () => config.kubeconfig);
  try {
    return await startRuntime(config, { clock: systemClock, random: Math.random, sink: shown.sink }, stop);
  } finally {
    shown.close();
  }
}

async function runOnEmbeddedCluster(resolved: Resolved, terminal: Terminal, stop: AbortSignal): Promise<RuntimeResult> {
  const { config, activity } = resolved;
  let kubeconfig: string | undefined;
  const shown = show(resolved, terminal, () => kubeconfig);
  const [parts, logger] = [{ clock: systemClock, random: Math.random }, createLogger(shown.sink, systemClock)];
  const onError = (error: unknown): void => logger.error("embedded cluster failed", { reason: explain(error) });
  try {
    const opened = await openEmbeddedCluster(
      { ...parts, onError },
      { state: config.state, port: 0, activity, environment: terminal.environment },
    );
    if (opened.type === "failed") return opened;
    kubeconfig = opened.kubeconfigPath;
    try {
      return await startRuntime({ ...config, kubeconfig }, { ...parts, sink: shown.sink }, stop);
    } finally {
      await opened.stop();
    }
  } finally {
    shown.close();
  }
}

/** @param kubeconfig known when the runtime starts */
function show(
  { config, directory, cluster, activity }: Resolved,
  terminal: Terminal,
  kubeconfig: () => string | undefined,
): Shown {
  if (config.log === "json") return { sink: createJsonSink((text) => terminal.out(text)), close: () => {} };
  const { colour, cwd } = terminal;
  const width = (): number | undefined => terminal.width();
  const style = createDevStyle({ colour, cwd, handlers: directory, width });
  const facts = { ...config, handlers: directory, cluster, activity, cwd };
  return new DevLog({
    clock: systemClock,
    screen: createScreen((text) => terminal.out(text), { width, paint: (status) => style.paint("dim", status) }),
    style,
    header: (server) => headerText({ ...facts, server, kubeconfig: kubeconfig() }, style),
  });
}
