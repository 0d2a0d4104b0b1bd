import type { Wrapper } from "./wrappers.ts";

const MIB = 2 ** 20;

export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** The command line of a guest. `--permission` without any allowance: it may read `boot` until it has started, and nothing else by name. */
export function childCommand(boot: string, memoryBytes: number, wrappers: readonly Wrapper[]): ChildCommand {
  const node = [
    process.execPath,
    "--permission",
    "--no-experimental-sqlite",
    "--disable-sigusr1",
    "--no-addons",
    "--no-warnings",
    `--max-old-space-size=${Math.ceil(memoryBytes / MIB)}`,
    "--max-semi-space-size=1",
    boot,
  ];
  const [file = process.execPath, ...args] = [...wrappers.flatMap((one) => [one.file, ...one.args]), ...node];
  return { file, args };
}
