import { Option } from "commander";
import type { Command } from "commander";
import type { Terminal } from "../terminal.ts";

/** Adds one command. `end` sets the exit code. */
export type AddCommand = (program: Command, terminal: Terminal, end: (code: number) => void) => void;

/** A flag, whose description tells its values and default, with the environment variable that stands for it: `--log` and `INFORMD_LOG`. */
export function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.env(`INFORMD_${made.attributeName().replace(/[A-Z]/g, "_$&").toUpperCase()}`);
}

/** For the end of a command's help. */
export function exampleText(...lines: readonly string[]): string {
  return ["", lines.length === 1 ? "Example:" : "Examples:", ...lines.map((line) => `  ${line}`)].join("\n");
}
