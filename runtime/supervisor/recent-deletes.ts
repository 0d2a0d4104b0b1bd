import type { ObjectChange } from "#dispatch/ports.ts";

/** More than a watch can be late by. */
const LIMIT = 1_000;

/** The versions at which objects went away lately, for as long as they do not come back. */
export class RecentDeletes {
  readonly #versions = new Map<string, string>();

  note({ key, before, after, last }: ObjectChange): void {
    this.#versions.delete(key);
    const gone = after ? undefined : (last ?? before);
    if (gone) this.#versions.set(key, gone.resourceVersion);
    const [oldest] = this.#versions.keys();
    if (oldest !== undefined && this.#versions.size > LIMIT) this.#versions.delete(oldest);
  }

  /** Key and version, oldest first. */
  entries(): Iterable<readonly [key: string, resourceVersion: string]> {
    return this.#versions;
  }
}
