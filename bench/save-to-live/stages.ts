/** The way of a save, stage by stage. */

/** In their order. */
export const STAGES = ["seen", "built", "inspected", "offered", "process ready", "swapped"] as const;
export type Stage = (typeof STAGES)[number];

export const SAVED_FILE = "saved.ts";
/** What the line begins with in which informd tells the stages, as JSON. */
export const STAGES_LINE = "stages ";

/** One save. Milliseconds since the epoch, with fractions. */
export interface Save {
  /** The write has returned. */
  readonly at: number;
  /** The first record of the new code has arrived. */
  readonly live: number;
}

/** Milliseconds from one stage to the next, and at last to the first event, for each save. */
export function splitOf(stderr: string, saves: readonly Save[]): ReadonlyMap<string, readonly number[]> {
  const line = stderr.split("\n").find((one) => one.startsWith(STAGES_LINE));
  if (line === undefined) throw new Error(`Cannot split saves: informd told no stages. Its errors: ${stderr}`);
  const reached: readonly (readonly [Stage, number])[] = JSON.parse(line.slice(STAGES_LINE.length));
  const split = new Map<string, number[]>([...STAGES, "first event"].map((name) => [name, []]));
  for (const { at, live } of saves) {
    let before = at;
    // Stages overlap: one that was reached while an earlier one was still under way took no time of its own.
    for (const stage of STAGES) {
      const own = reached.filter(([name, when]) => name === stage && when >= at - 1 && when <= live);
      const [, when = before] = (stage === "seen" ? own[0] : own.at(-1)) ?? [];
      split.get(stage)?.push(Math.max(0, when - before));
      before = Math.max(before, when);
    }
    split.get("first event")?.push(live - before);
  }
  return split;
}
