import type { ProcessEnd } from "./guest-process.ts";

const MIB = 2 ** 20;
const HEAP_FULL =
  /heap limit|heap out of memory|Ineffective mark-compacts|Fatal process out of memory|allocation failed/i;

/** Why a process ended that nobody asked to end: one sentence for the handler's author. */
export function exitReason({ code, signal, stderr, violation }: ProcessEnd, memoryBytes: number): string {
  if (violation !== undefined) return `broke the protocol: ${violation}`;
  if (HEAP_FULL.test(stderr)) return `out of memory (${Math.round(memoryBytes / MIB)} MiB)`;
  if (signal === "SIGKILL") return "killed by the system (memory)";
  if (signal !== null) return `crashed (${signal})`;
  if (code === null) return `could not be started: ${stderr}`;
  return `exited (code ${code})`;
}

/** Of a process that nobody asked to end. */
export function isOutOfMemory({ signal, stderr, violation }: ProcessEnd): boolean {
  return violation === undefined && (HEAP_FULL.test(stderr) || signal === "SIGKILL");
}
