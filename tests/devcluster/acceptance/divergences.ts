/** Where the embedded cluster shows something else than the real API server of the tests, and why that is well. */
export interface Divergence {
  readonly scenario: string;
  readonly step: string;
  /** A sentence of `docs/embedded-cluster.md`. */
  readonly what: string;
  /** What is only in the text of the real server. */
  readonly real: RegExp | string;
  /** What is in the text of the embedded one instead. */
  readonly embedded: RegExp | string;
}

export const DIVERGENCES: readonly Divergence[] = [];
