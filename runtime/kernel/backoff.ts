export interface BackoffOptions {
  readonly baseMs: number;
  readonly maxMs: number;
  /** Each wait is multiplied by a number in [1, 1 + jitter). @default 0 */
  readonly jitter?: number;
  /** In [0, 1). @default Math.random */
  readonly random?: () => number;
}

/** Doubling waits. The jitter never feeds back into the next wait. */
export class Backoff {
  readonly #options: BackoffOptions;
  #stepMs: number;

  constructor(options: BackoffOptions) {
    this.#options = options;
    this.#stepMs = options.baseMs;
  }

  /** The next wait in milliseconds. */
  next(): number {
    const { maxMs, jitter = 0, random = Math.random } = this.#options;
    const stepMs = Math.min(this.#stepMs, maxMs);
    this.#stepMs = Math.min(stepMs * 2, maxMs);
    return stepMs * (1 + jitter * random());
  }

  reset(): void {
    this.#stepMs = this.#options.baseMs;
  }
}
