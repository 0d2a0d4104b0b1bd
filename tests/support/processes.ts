import { execFile } from "node:child_process";

/** The processes that it has started, and theirs. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const parents = (await processes()).map((row) => [row.pid, row.parent] as const);
  const of = (pid: number): number[] => {
    const children = parents.flatMap(([child, parent]) => (parent === pid ? [child] : []));
    return children.flatMap((child) => [child, ...of(child)]);
  };
  return of(pid);
}

/** Of these processes those that still run. One that nobody has waited for yet does not. */
export async function alive(pids: readonly number[]): Promise<number[]> {
  const running = (await processes()).filter(({ state }) => !state.startsWith("Z"));
  return running.map(({ pid }) => pid).filter((pid) => pids.includes(pid));
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

function processes(): Promise<ProcessRow[]> {
  return new Promise((resolve, reject) => {
    execFile("ps", ["-A", "-o", "pid=,ppid=,stat="], (error, stdout) => {
      if (error) return reject(error);
      const rows = stdout.split("\n").map((row) => row.trim().split(/\s+/));
      resolve(rows.map(([pid, parent, state = ""]) => ({ pid: Number(pid), parent: Number(parent), state })));
    });
  });
}
