import { resolveRuntimeConfig } from "#config/runtime-config.ts";
import type { RuntimeConfig, StartFlags } from "#config/runtime-config.ts";
import { systemClock } from "#kernel/clock.ts";
import { createJsonSink } from "#observability/json-sink.ts";
import type { LogSink } from "#observability/logger.ts";
import { createPrettySink } from "#observability/pretty-sink.ts";
import { startRuntime } from "#runtime.ts";
import type { AddCommand } from "./command.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, option } from "./command.ts";
import type { Terminal } from "./terminal.ts";

export const addStart: AddCommand = (program, terminal, end) => {
  program
    .command("start")
    .description("runs the handlers on the cluster's events")
    .addOption(
      option(
        "--kubeconfig <file>",
        "kubeconfig to use (default: $KUBECONFIG, ~/.kube/config, or the pod's service account)",
      ),
    )
    .addOption(option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addOption(option("-n, --namespace <name>", "namespace to watch (default: all)"))
    .addOption(option("-A, --all-namespaces", "watch all namespaces"))
    .addOption(option("--handlers <dir>", "directory of the handler files (default: handlers)"))
    .addOption(option("--watch", "swap a handler's code when its file is saved"))
    .addOption(option("--log <format>", "json or pretty (default: json)"))
    .addOption(option("--state <dir>", "directory for what must last (default: .informd)"))
    .addOption(option("--grace <duration>", "how long running events may take to end after SIGTERM (default: 30s)"))
    .action(async (flags: StartFlags) => end(await start(flags, terminal)));
};

async function start(flags: StartFlags, terminal: Terminal): Promise<number> {
  const resolved = resolveRuntimeConfig(flags, terminal);
  if (resolved.type === "invalid") {
    terminal.err(`${resolved.message}\n`);
    return EXIT_USAGE;
  }
  const { config } = resolved;
  const stop = new AbortController();
  const unlisten = terminal.onStop((signal) => stop.abort(signal));
  try {
    const result = await startRuntime(
      config,
      { clock: systemClock, random: Math.random, sink: sinkFor(config, terminal) },
      stop.signal,
    );
    if (result.type === "stopped") return EXIT_OK;
    terminal.err(`${result.message}\n`);
    return EXIT_FAILED;
  } finally {
    unlisten();
  }
}

function sinkFor({ log }: RuntimeConfig, terminal: Terminal): LogSink {
  const write = (text: string): void => terminal.out(text);
  return log === "json" ? createJsonSink(write) : createPrettySink(write, { colour: terminal.colour });
}
