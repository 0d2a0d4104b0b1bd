import type { Clock } from "#kernel/clock.ts";
import type { ApiObject } from "../../api-object.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface StepTimesParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

/** When the next step of an object's life is due: drawn once, when it is first asked for. */
export class StepTimes {
  readonly #parts: StepTimesParts;
  readonly #due = new Map<string, { readonly step: string; readonly atMs: number }>();

  constructor(parts: StepTimesParts) {
    this.#parts = parts;
  }

  /** Does the step if it is due; else returns the milliseconds until it is. */
  after({ metadata: { uid = "" } }: ApiObject, step: string, span: Span, run: () => void): number | undefined {
    const { clock, random } = this.#parts;
    const now = clock.monotonic();
    const known = this.#due.get(uid);
    const due = known?.step === step ? known : { step, atMs: now + span.from + random() * (span.to - span.from) };
    if (due.atMs > now) {
      this.#due.set(uid, due);
      return due.atMs - now;
    }
    this.#due.delete(uid);
    run();
    return undefined;
  }

  forget({ metadata: { uid = "" } }: ApiObject): void {
    this.#due.delete(uid);
  }
}
