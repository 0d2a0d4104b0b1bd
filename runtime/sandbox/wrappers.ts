import { spawnSync } from "node:child_process";

/** A program that changes what its process may do and then becomes the program that follows in its arguments. */
export interface Wrapper {
  readonly file: string;
  readonly args: readonly string[];
}

/** What the kernel adds to the sandbox on this machine. */
export interface KernelLimits {
  readonly wrappers: readonly Wrapper[];
  /** Sets limits of a process that runs already; `undefined` if this machine has no `prlimit`. */
  readonly prlimit: string | undefined;
}

/** The wrappers, with a limit for what the process may allocate, buffers and all, if this machine can set one. */
export function withDataLimit({ wrappers, prlimit }: KernelLimits, bytes: number): readonly Wrapper[] {
  return wrappers.map(({ file, args }) =>
    file === prlimit ? { file, args: [...args, `--data=${bytes}`] } : { file, args },
  );
}

const PROBE_TIMEOUT_MS = 5000;

/** No core dumps, no file of any size, few descriptors. */
const PRLIMIT: Wrapper = { file: "prlimit", args: ["--core=0", "--fsize=0", "--nofile=64"] };
/** No privileges by way of other programs, and an end with the host even while the handler blocks. */
const SETPRIV: Wrapper = { file: "setpriv", args: ["--no-new-privs", "--pdeathsig", "KILL"] };

/** Tries out which of util-linux's wrappers work here. Without them the process has no limits but V8's. */
export function findKernelLimits(): KernelLimits {
  const wrappers = [PRLIMIT, SETPRIV].filter(works);
  return { wrappers, prlimit: wrappers.includes(PRLIMIT) ? PRLIMIT.file : undefined };
}

function works({ file, args }: Wrapper): boolean {
  return spawnSync(file, [...args, "true"], { env: {}, stdio: "ignore", timeout: PROBE_TIMEOUT_MS }).status === 0;
}
