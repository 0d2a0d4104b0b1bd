import { resolve } from "node:path";
import { checkHandlers } from "#authoring/check-handlers.ts";
import { systemClock } from "#kernel/clock.ts";
import { checkText } from "./check-text.ts";
import { EXIT_FAILED, EXIT_OK } from "../exit-codes.ts";
import { interruptible } from "./interruptible.ts";
import { problemLines, warningLines } from "./problem-lines.ts";
import type { Terminal } from "../terminal.ts";

export interface CheckFlags {
  readonly handlers: string;
  readonly output: "table" | "wide" | "json";
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
}

/** Prints what `checkHandlers` finds. Resolves with the exit code. */
export function check(flags: CheckFlags, terminal: Terminal): Promise<number> {
  return interruptible(terminal, (signal) => run(flags, terminal, signal));
}

async function run(flags: CheckFlags, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const { cwd, environment } = terminal;
  const { handlers, output, namespace } = flags;
  const request = { directory: resolve(cwd, handlers), cluster: clusterOf(flags, cwd), namespace };
  const result = await checkHandlers({ clock: systemClock, environment }, request, signal);
  if (result.type === "failed") {
    terminal.err(`${result.message}\n`);
    return EXIT_FAILED;
  }
  if (output === "json") terminal.out(`${JSON.stringify(result, undefined, 2)}\n`);
  else {
    terminal.out(checkText(result, output));
    terminal.err(warningLines(result.warnings) + problemLines(result.problems));
  }
  return result.problems.length === 0 ? EXIT_OK : EXIT_FAILED;
}

/** Only one that is named: what runs in CI needs none. */
function clusterOf({ kubeconfig, context }: CheckFlags, cwd: string) {
  if (kubeconfig === undefined && context === undefined) return undefined;
  return { kubeconfig: kubeconfig === undefined ? undefined : resolve(cwd, kubeconfig), context };
}
