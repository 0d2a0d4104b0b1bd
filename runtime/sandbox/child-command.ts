import { accessSync, constants } from "node:fs";
import { join } from "node:path";

const MIB = 2 ** 20;
/** Where util-linux puts it. Without it the process runs without limits of the kernel. */
const PRLIMIT_DIRECTORIES = ["/usr/bin", "/bin", "/usr/local/bin"];
/** No core dumps, no file of any size, few descriptors. */
const LIMITS = ["--core=0", "--fsize=0", "--nofile=64"];

/** How much stands between a handler and the machine, beside vm2. */
export type Isolation = "process" | "process+rlimits";

export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** The command line of a guest. `--permission` without any allowance: it may read `bundle` until it has started, and nothing else. */
export function childCommand(bundle: string, memoryBytes: number, prlimit: string | undefined): ChildCommand {
  const node = [
    "--permission",
    "--no-experimental-sqlite",
    "--disable-sigusr1",
    "--no-addons",
    "--no-warnings",
    `--max-old-space-size=${Math.ceil(memoryBytes / MIB)}`,
    "--max-semi-space-size=1",
    bundle,
  ];
  if (prlimit === undefined) return { file: process.execPath, args: node };
  return { file: prlimit, args: [...LIMITS, process.execPath, ...node] };
}

/** The path of `prlimit`; `undefined` if this machine has none. */
export function findPrlimit(): string | undefined {
  return PRLIMIT_DIRECTORIES.map((directory) => join(directory, "prlimit")).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
