import { readFile } from "node:fs/promises";
import type { ProcessUsage } from "./sandbox-usage.ts";

/** Of `/proc/<pid>/stat` (proc_pid_stat(5)), on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Places of `utime` and `stime`, counted behind the program's name, which may hold anything. */
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

/** Reads Linux's `/proc`; elsewhere there is nothing to read. */
export async function readProcess(processId: number): Promise<ProcessUsage | undefined> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${processId}/stat`, "utf8"),
      readFile(`/proc/${processId}/status`, "utf8"),
    ]);
    return processUsage(stat, status);
  } catch {
    return undefined;
  }
}

/** `undefined` for a process that has ended and not been waited for: it has no memory. */
export function processUsage(stat: string, status: string): ProcessUsage | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS]);
  const [, kibibytes] = /^RssAnon:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kibibytes === undefined || !Number.isFinite(ticks)) return undefined;
  return { cpuSeconds: ticks / TICKS_PER_SECOND, memoryBytes: Number(kibibytes) * 1024 };
}
