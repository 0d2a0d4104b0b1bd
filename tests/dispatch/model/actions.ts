import type { Seeded } from "./seeded.ts";

const CALM = {
  advance: 20,
  gap: 2,
  relist: 3,
  restore: 1,
  resync: 2,
  reload: 3,
  crash: 1,
  mood: 2,
  replay: 1,
  pause: 0.5,
};

/** What happens next in a cluster that is more or less busy. */
export function randomAction(random: Seeded, busy: number): keyof typeof CALM | "write" | "remove" {
  return random.weighted({ write: 50 * busy, remove: 14 * busy, ...CALM });
}
