/** What a schedule is made of. `a` and `b` choose among what is there. */
export interface Action {
  readonly type: (typeof ACTIONS)[number];
  readonly a: number;
  readonly b: number;
  /** Lets everything happen that can, before the next action. */
  readonly pause: boolean;
}

export const EVENTS = [
  "write",
  "recreate",
  "removeObject",
  "addHandler",
  "saveAll",
  "endRun",
  "failRun",
  "timeOutRun",
  "crash",
  "holdCaches",
  "letCaches",
  "holdProcesses",
  "letProcesses",
  "lag",
  "deliver",
  "wait",
] as const;

export const SAVES = [
  "save",
  "saveParams",
  "saveNamespaces",
  "saveResource",
  "saveBroken",
  "saveRefused",
  "renameHandler",
  "removeHandler",
] as const;

export const ACTIONS = [...EVENTS, ...SAVES];
