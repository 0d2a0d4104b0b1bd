import type { Command, Option } from "commander";
import type { Terminal } from "./terminal.ts";

/**
 * Commander takes the mere presence of `INFORMD_WATCH` for `--watch`, and an empty variable for a value. Here `false` and `0` are
 * no, an empty variable is none, and of flags that exclude each other the one on the command line counts.
 */
export function readVariables(command: Command, environment: Terminal["environment"]): void {
  for (const one of command.options) {
    if (command.getOptionValueSource(one.attributeName()) !== "env") continue;
    const text = environment[one.envVar ?? ""] ?? "";
    if (text === "" || (one.isBoolean() && !isYes(command, one, text))) forget(command, one.attributeName());
  }
  for (const pair of EXCLUSIVE) {
    const sources = pair.map((name) => command.getOptionValueSource(name));
    if (!sources.includes("cli")) continue;
    for (const [at, name] of pair.entries()) if (sources[at] === "env") forget(command, name);
  }
}

const EXCLUSIVE = [
  ["namespace", "allNamespaces"],
  ["cache", "kubeconfig"],
  ["cache", "context"],
  ["crds", "kubeconfig"],
  ["crds", "context"],
] as const;

const YES: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

function isYes(command: Command, { envVar }: Option, text: string): boolean {
  return YES.get(text.toLowerCase()) ?? command.error(`error: ${envVar} is "${text}". It takes true or false.`);
}

function forget(command: Command, name: string): void {
  const option = command.options.find((one) => one.attributeName() === name);
  command.setOptionValueWithSource(name, option?.defaultValue, "default");
}
