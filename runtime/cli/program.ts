/**
 * The command line: one file per command; what a command needs is loaded when it is called.
 * Exit codes: 0 done, 1 the job failed, 2 wrong usage.
 */
import { Command, CommanderError } from "commander";
import { addCheck } from "./check.ts";
import { addCluster } from "./cluster.ts";
import { EXIT_OK, EXIT_USAGE } from "./exit-codes.ts";
import type { AddCommand } from "./command.ts";
import { addDev } from "./dev.ts";
import { addInvoke } from "./invoke.ts";
import { addNew } from "./new.ts";
import { addStart } from "./start.ts";
import type { Terminal } from "./terminal.ts";
import { readVariables } from "./variables.ts";
import { VERSION } from "./version.ts";

export interface Program {
  /** Runs the command that `args` name and resolves with the exit code. */
  run(args: readonly string[]): Promise<number>;
}

const COMMANDS: readonly AddCommand[] = [addDev, addStart, addNew, addInvoke, addCheck, addCluster];

export function createProgram(terminal: Terminal): Program {
  return {
    async run(args) {
      let exitCode = EXIT_OK;
      const program = new Command("informd")
        .description("Runs the TypeScript in handlers/ whenever something changes in a Kubernetes cluster.")
        .version(VERSION)
        .exitOverride()
        .configureOutput({
          writeOut: (text) => terminal.out(text),
          writeErr: (text) => terminal.err(text),
          outputError: (text, write) => write(usageError(text)),
        });
      program.hook("preAction", (_program, command) => readVariables(command, terminal.environment));
      for (const add of COMMANDS) add(program, terminal, (code) => (exitCode = code));
      try {
        await program.parseAsync(args, { from: "user" });
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
      }
      return exitCode;
    },
  };
}

/** Commander says "error: unknown option '--wach'\n(Did you mean --watch?)". */
function usageError(text: string): string {
  const [fact = "", ...hints] = text
    .replace(/^error: /, "")
    .trim()
    .split("\n");
  const hint = hints.map((line) => line.replace(/^\((.*)\)$/, "$1")).join(" ");
  return `Cannot run informd: ${fact.replaceAll("'", '"').replace(/\.$/, "")}. ${hint || 'See "informd --help".'}\n`;
}
