import { readdirSync, readFileSync } from "node:fs";

/** The kernel's `USER_HZ`. */
const TICK_MS = 10;

/** User and system time that another process has used up, milliseconds. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(")") + 1).split(" ");
  return (Number(user) + Number(system)) * TICK_MS;
}

/** Resident memory of another process, MB. */
export function residentMbOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) / 1024;
}

/** The processes that it has started itself. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1").trim().split(" "))
    .filter((child) => child !== "")
    .map(Number);
}
