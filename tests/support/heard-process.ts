export interface HeardProcessParts {
  readonly isRunning: () => boolean;
  /** What it has said, for whoever waits in vain. */
  readonly said: () => string;
  /** The longest that anything is waited for. */
  readonly waitMs: number;
}

/** Waits for what a process shows, looking again whenever something is heard of it. */
export class HeardProcess {
  readonly #parts: HeardProcessParts;
  readonly #waiting = new Set<() => void>();

  constructor(parts: HeardProcessParts) {
    this.#parts = parts;
  }

  /** It said something, or ended. */
  readonly heard = (): void => {
    for (const check of this.#waiting) check();
  };

  /** Resolves with `found`'s first value that is not undefined or false. Rejects when the process ends, or after the time. */
  async until<T>(what: string, found: () => T | undefined | false): Promise<T> {
    const { isRunning, said, waitMs } = this.#parts;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const check = (): void => {
      try {
        const value = found();
        if (value !== undefined && value !== false) resolve(value);
        else if (!isRunning()) reject(new Error(`it ended before: ${what}\n${said()}`));
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(() => reject(new Error(`waited in vain for: ${what}\n${said()}`)), waitMs);
    this.#waiting.add(check);
    try {
      check();
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(check);
    }
  }
}
