import type { Session } from "./session.ts";

/** What a user does to a server, step by step. It gets a namespace of its own, called as its `name`. */
export interface Scenario {
  readonly name: string;
  readonly play: (session: Session) => Promise<void>;
}

/** What a user saw in one step. */
export interface Observation {
  /** A sentence, unique in its scenario. */
  readonly step: string;
  /** Normalised. */
  readonly text: string;
  /** What the text must hold, whichever server answers. */
  readonly expected: readonly Expectation[];
}

export type Expectation = string | RegExp;
