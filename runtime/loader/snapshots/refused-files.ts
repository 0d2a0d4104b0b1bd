import { problemOfFile } from "../problem.ts";
import type { Batch } from "../revision.ts";

/** Files of snapshots that have no place, each told once for as long as it has none. */
export class RefusedFiles {
  #told: ReadonlyMap<string, string> = new Map();

  /** @param refused the reasons by file, of the present snapshot */
  addTo(batch: Batch, refused: ReadonlyMap<string, string>): Batch {
    const before = this.#told;
    this.#told = refused;
    const fresh = [...refused].filter(([file, reason]) => before.get(file) !== reason);
    const gone = [...before.keys()].filter((file) => !refused.has(file));
    if (fresh.length + gone.length === 0) return batch;
    const failures = fresh.map(([file, reason]) => ({ file, handlers: [], problems: [problemOfFile(file, reason)] }));
    return { ...batch, failures: [...batch.failures, ...failures], gone: [...(batch.gone ?? []), ...gone] };
  }
}
