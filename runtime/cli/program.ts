/**
 * The command line: one file per command; what a command needs is loaded when it is called.
 * Exit codes: 0 done, 1 the job failed, 2 wrong usage.
 */
import { type Argument, Command, CommanderError } from "commander";
import { addBundle } from "./commands/bundle.ts";
import { addCheck } from "./commands/check.ts";
import { addCluster } from "./commands/cluster.ts";
import { EXIT_OK, EXIT_USAGE } from "./exit-codes.ts";
import type { AddCommand } from "./commands/command.ts";
import { addDev } from "./commands/dev.ts";
import { addInvoke } from "./commands/invoke.ts";
import { addManifests } from "./commands/manifests.ts";
import { addNew } from "./commands/new.ts";
import { addStart } from "./commands/start.ts";
import { addTypes } from "./commands/types.ts";
import type { Terminal } from "./terminal.ts";
import { readVariables } from "./variables.ts";
import { VERSION } from "#observability/version.ts";

export interface Program {
  /** Runs the command that `args` name and resolves with the exit code. */
  run(args: readonly string[]): Promise<number>;
}

const COMMANDS: readonly AddCommand[] = [
  addDev,
  addNew,
  addTypes,
  addInvoke,
  addCheck,
  addStart,
  addBundle,
  addManifests,
  addCluster,
];

const NOTES = `
Every flag is also a variable: --log is INFORMD_LOG.
Exit codes: 0 done, 1 the job failed, 2 wrong usage.`;

export function createProgram(terminal: Terminal): Program {
  return {
    async run(args) {
      let exitCode = EXIT_OK;
      const commandNamed = (name: string | undefined): Command | undefined =>
        program.commands.find((command) => command.name() === name);
      const program: Command = new Command("informd")
        .description("Runs the TypeScript in handlers/ whenever something changes in a Kubernetes cluster.")
        .version(VERSION.informd, "-V, --version", "prints the version")
        .helpOption("-h, --help", "prints this")
        .helpCommand("help [command]", "prints what a command takes")
        .addHelpText("afterAll", NOTES)
        .configureHelp({
          optionDescription: ({ description }) => description,
          subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(" "),
        })
        .exitOverride()
        .configureOutput({
          writeOut: (text) => terminal.out(text),
          writeErr: (text) => terminal.err(text),
          outputError: (text, write) => write(usageError(text, commandNamed(args[0]))),
        });
      program.hook("preAction", (_program, command) => readVariables(command, terminal.environment));
      for (const add of COMMANDS) add(program, terminal, (code) => (exitCode = code));
      // Commander answers with the help of the whole program.
      const [first, wanted = ""] = args;
      if (first === "help" && /^\w/.test(wanted) && wanted !== first && !commandNamed(wanted)) {
        terminal.err(usageError(`unknown command '${wanted}'`, undefined));
        return EXIT_USAGE;
      }
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

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Commander says "error: unknown option '--wach'\n(Did you mean --watch?)". */
function usageError(text: string, command: Command | undefined): string {
  const [fact = "", ...hints] = text
    .replace(/^error: /, "")
    .trim()
    .split("\n");
  const [, flag, value, allowed] = BAD_CHOICE.exec(fact) ?? [];
  if (flag !== undefined) return `Cannot use ${flag} "${value}": it takes ${allowed}.\n`;
  const hint = hints.map((line) => line.replace(/^\((.*)\)$/, "$1")).join(" ");
  const help = ["informd", ...(command ? [command.name()] : []), "--help"].join(" ");
  return `Cannot run informd: ${fact.replaceAll("'", '"').replace(/\.$/, "")}. ${hint || `See "${help}".`}\n`;
}

const BAD_CHOICE = /^option '(?:-\w, )?(--[\w-]+) .*' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/;
