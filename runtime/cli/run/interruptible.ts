import { EXIT_INTERRUPTED } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

/** Runs a job that is over before long, unless somebody interrupts it. Resolves with the exit code. */
export async function interruptible(
  terminal: Pick<Terminal, "onStop">,
  job: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  const unlisten = terminal.onStop((signal) => stop.abort(signal));
  try {
    return await job(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return EXIT_INTERRUPTED;
    throw error;
  } finally {
    unlisten();
  }
}
