/** The command line: one file per command. Exit codes: 0 done, 1 the job failed, 2 wrong usage. */
import { Command, CommanderError, Option } from "commander";
import { addCheck } from "./check.ts";
import { addStart } from "./start.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

export interface Program {
  /** Runs the command that `args` name and resolves with the exit code. */
  run(args: readonly string[]): Promise<number>;
}

/** Adds one command. `end` sets the exit code. */
export type AddCommand = (program: Command, terminal: Terminal, end: (code: number) => void) => void;

const COMMANDS: readonly AddCommand[] = [addStart, addCheck];

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

/** A flag with the environment variable that stands for it: `--log` and `INFORMD_LOG`. */
export function option(flags: string, description: string, { env = true } = {}): Option {
  const made = new Option(flags, description);
  const name = made.long?.replace(/^--/, "").replaceAll("-", "_").toUpperCase();
  return env && name ? made.env(`INFORMD_${name}`) : made;
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
