import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

/**
 * Answers of a real API server, kept in a file beside the tests that expect them. With `CAPTURE=1` in the environment
 * `assertCaptured` writes the file anew.
 */
export class CapturedAnswers<T> {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** By the cases' titles. */
  read(): ReadonlyMap<string, T> {
    return new Map(Object.entries(JSON.parse(readFileSync(this.#path, "utf8")) as Record<string, T>));
  }

  assertCaptured(answers: ReadonlyMap<string, T>): void {
    if (process.env["CAPTURE"] === "1") {
      writeFileSync(this.#path, `${JSON.stringify(Object.fromEntries(answers), undefined, 2)}\n`);
    }
    assert.deepEqual(Object.fromEntries(answers), Object.fromEntries(this.read()));
  }
}
