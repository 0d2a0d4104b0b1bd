/** How much memory the pod may use. */
const MIB = 2 ** 20;

/**
 * The host with 10,000 pods of 7 KB in its cache had 332 MB resident, one sandbox apart (docs/performance.md, "Through one
 * isolated handler"); esbuild's process, which builds handlers, comes on top with some 40 MB.
 */
const HOST_BYTES = 448 * MIB;

/** Beside the handler's own budget: an idle sandbox has some 20 MB, shared pages counted by share (`/proc/PID/smaps_rollup`). */
const SANDBOX_BYTES = 32 * MIB;

export interface MemoryNeeds {
  /** `undefined`: enough for 10,000 objects. */
  readonly hostBytes: number | undefined;
  /** The budget of each handler. */
  readonly handlerBytes: readonly number[];
}

/** As a quantity. The largest handler counts twice: while its code is swapped, old and new run side by side. */
export function podMemory({ hostBytes = HOST_BYTES, handlerBytes }: MemoryNeeds): string {
  const budgets = [...handlerBytes, Math.max(0, ...handlerBytes)].map((bytes) => bytes + SANDBOX_BYTES);
  const total = hostBytes + budgets.reduce((sum, bytes) => sum + bytes, 0);
  return `${Math.ceil(total / MIB)}Mi`;
}
