import type { Clock } from "#kernel/clock.ts";
import type { ApiObject } from "../../api-object.ts";

const RETRY_MS = 10_000;

export interface PodRefusal {
  readonly message: string;
  /** Until another attempt is worth it. */
  readonly againMs: number;
}

interface Known {
  readonly generation: number | undefined;
  readonly message: string;
  readonly untilMs: number;
}

/** Remembers which pods were refused, so that their controllers do not ask again at once. */
export class PodRefusals {
  readonly #clock: Clock;
  readonly #byUid = new Map<string, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Attempts it unless it has been refused lately. @param attempt says why it was refused */
  latest({ metadata: { uid = "", generation } }: ApiObject, attempt: () => string | undefined): PodRefusal | undefined {
    const now = this.#clock.monotonic();
    const known = this.#byUid.get(uid);
    if (known && known.generation === generation && known.untilMs > now)
      return { message: known.message, againMs: known.untilMs - now };
    const message = attempt();
    if (message === undefined) {
      this.#byUid.delete(uid);
      return undefined;
    }
    this.#byUid.set(uid, { generation, message, untilMs: now + RETRY_MS });
    return { message, againMs: RETRY_MS };
  }

  forget({ metadata: { uid = "" } }: ApiObject): void {
    this.#byUid.delete(uid);
  }
}
