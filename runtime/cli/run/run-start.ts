import { resolveRuntimeConfig } from "#config/runtime-config.ts";
import type { RuntimeConfig, StartFlags } from "#config/runtime-config.ts";
import { systemClock } from "#kernel/clock.ts";
import { createJsonSink } from "#observability/json-sink.ts";
import type { LogSink } from "#observability/logger.ts";
import { createPrettySink } from "#observability/pretty-sink.ts";
import { startRuntime } from "#runtime.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

/** Runs the runtime until a signal stops it. Resolves with the exit code. */
export async function start(flags: StartFlags, terminal: Terminal): Promise<number> {
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
