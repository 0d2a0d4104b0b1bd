import type { DeadLetter } from "./ports.ts";

/** The newest dead letters, in memory. */
export class RecentDeadLetters {
  readonly #limit: number;
  readonly #letters: DeadLetter[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(letter: DeadLetter): void {
    if (this.#letters.push(letter) > this.#limit) this.#letters.shift();
  }

  /** Oldest first. */
  list(): readonly DeadLetter[] {
    return [...this.#letters];
  }
}
