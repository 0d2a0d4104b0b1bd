import type { Change } from "./change.ts";

export type Follower = (change: Change) => void;

export interface Following {
  readonly follower: Follower;
  /** `undefined`: all objects. */
  readonly storage?: string;
  /** It has been told everything up to this revision. */
  readonly since: number;
}

/** Everybody who hears of changes. Each hears each change once, in the order in which they are told here. */
export class Followers {
  readonly #followings = new Set<Following>();
  readonly #untold: Change[] = [];
  #isTelling = false;

  /** Until the returned function is called. */
  add(following: Following): () => void {
    this.#followings.add(following);
    return () => void this.#followings.delete(following);
  }

  /**
   * What a follower causes waits, so that everybody hears it after the change that it answers.
   * A follower that fails keeps nobody from hearing; who told learns of it in the end.
   */
  tell(change: Change): void {
    this.#untold.push(change);
    if (this.#isTelling) return;
    this.#isTelling = true;
    const failures: unknown[] = [];
    for (let next = this.#untold.shift(); next; next = this.#untold.shift()) this.#tellAll(next, failures);
    this.#isTelling = false;
    if (failures.length > 0) throw failures[0];
  }

  #tellAll(change: Change, failures: unknown[]): void {
    for (const { follower, storage, since } of this.#followings) {
      if (change.revision <= since || (storage ?? change.storage) !== change.storage) continue;
      try {
        follower(change);
      } catch (failure) {
        failures.push(failure);
      }
    }
  }
}
