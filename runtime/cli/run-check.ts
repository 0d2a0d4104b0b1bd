import { resolve } from "node:path";
import type { CheckResult, HandlerSummary } from "#authoring/check-handlers.ts";
import { checkHandlers } from "#authoring/check-handlers.ts";
import { systemClock } from "#kernel/clock.ts";
import { columns } from "./columns.ts";
import { EXIT_FAILED, EXIT_OK } from "./exit-codes.ts";
import { problemLines, warningLines } from "./problem-lines.ts";
import type { Terminal } from "./terminal.ts";

export interface CheckFlags {
  readonly handlers: string;
  readonly output: "table" | "json";
}

/** Prints what `checkHandlers` finds. Resolves with the exit code. */
export async function check({ handlers, output }: CheckFlags, terminal: Terminal): Promise<number> {
  const result = await checkHandlers(systemClock, resolve(terminal.cwd, handlers));
  if (result.type === "failed") {
    terminal.err(`${result.message}\n`);
    return EXIT_FAILED;
  }
  if (output === "json") terminal.out(`${JSON.stringify(result, undefined, 2)}\n`);
  else printForPeople(result, terminal);
  return result.problems.length === 0 ? EXIT_OK : EXIT_FAILED;
}

function printForPeople(
  { handlers, problems, warnings }: Extract<CheckResult, { type: "checked" }>,
  terminal: Terminal,
): void {
  terminal.out(columns(handlers.map(rowOf)));
  terminal.err(warningLines(warnings) + problemLines(problems));
}

function rowOf({ id, resource, known, events, scope, allow }: HandlerSummary): string[] {
  return [
    id,
    known ? resource : `${resource} (not checked)`,
    events.join(","),
    scope.join("; "),
    allow.join("; ") || "nothing",
  ];
}
