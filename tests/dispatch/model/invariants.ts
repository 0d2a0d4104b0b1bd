/** What every schedule must keep. */
export const INVARIANTS = {
  D1: "two runs of one object never overlap, nor are there more runs than the concurrency",
  D2: "an object's versions never go back, each run carries the newest one, and deleted comes before the next added",
  D3: "old is the version that this handler last finished",
  D4: "once all is quiet, everything that matches and is not parked is finished",
  D5: "what was added and is gone is told as deleted, and only what is gone",
  D6: "an unchanged object is told again only by a resync, a requeue or a replay",
  D7: "a success is never followed by the same event",
  D8: "nothing starts before its wait is over, and everything due starts while there is capacity",
  D9: "bulk never starves, and delays live by at most one start in eight",
  D10: "an object that waits delays no other one",
  D11: "what is held is bounded by the objects that have work",
  D12: "a reload loses nothing, doubles nothing, and runs nothing on the wrong code",
  D13: "attempts count only charged failures, and a handler is held back only for what its code did",
} as const;

export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  readonly text: string;
}
