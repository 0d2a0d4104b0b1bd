import type { DispatchObserver, EventType, Ledger, Outcome, Run, Verdict } from "#dispatch/ports.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { Checker } from "./checker.ts";
import type { Version } from "./version.ts";

/** Passes on to the checker what the dispatcher says to its observer and to its ledger, and compares the two. */
export class Reports implements DispatchObserver, Ledger {
  readonly #checker: Checker;
  readonly #find: (object: RawObject) => Version;
  /** What the ledger must be told next: an event was finished silently, or a run is about to succeed. */
  #expected: { readonly key: string; readonly version: RawObject | undefined } | undefined;

  /** How the run in question ended in truth. */
  #outcome: Outcome = { type: "innocent" };

  constructor(checker: Checker, find: (object: RawObject) => Version) {
    this.#checker = checker;
    this.#find = find;
  }

  /** The dispatcher is about to hear how the run ended. */
  finishing({ delivery: { type, object } }: Run, outcome: Outcome): void {
    this.#outcome = outcome;
    this.#expected = { key: object.key, version: afterwards(type, object) };
  }

  started(): void {}

  ended(run: Run, _told: Outcome, verdict: Verdict): void {
    const isTold = this.#expected === undefined;
    this.#checker.hold("D3", isTold === (verdict.type === "finished"), `the ledger does not know of ${verdict.type}`);
    this.#expected = undefined;
    this.#checker.ended(run, this.#outcome, verdict);
  }

  finishedSilently(type: EventType, object: RawObject): void {
    this.#checker.silent(type, this.#find(object));
    this.#expected = { key: object.key, version: afterwards(type, object) };
  }

  finished(key: string, version: RawObject | undefined): void {
    const expected = this.#expected;
    this.#expected = undefined;
    if (expected?.key !== key) return version && this.#checker.skipped(this.#find(version));
    const isRight =
      version?.uid === expected.version?.uid && version?.resourceVersion === expected.version?.resourceVersion;
    this.#checker.hold("D3", isRight, `the ledger has another version of ${key}`);
  }

  deadLetter(): void {}

  healthChanged(): void {}

  forgotten({ key, uid }: RawObject): void {
    this.#checker.forgotten(key, uid);
  }
}

function afterwards(type: EventType, object: RawObject): RawObject | undefined {
  return type === "deleted" || type === "unselected" ? undefined : object;
}
