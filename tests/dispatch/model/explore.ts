import type { Violation } from "./invariants.ts";
import type { Sabotage } from "./sabotage.ts";
import { World } from "./world.ts";

export interface Findings {
  /** The first of each schedule that broke something, with its seed. */
  readonly violations: readonly (Violation & { readonly seed: number })[];
  /** How much has happened. */
  readonly counts: Readonly<Record<string, number>>;
}

interface Exploration {
  /** Of the first schedule; the following ones count up. */
  readonly seed: number;
  readonly schedules: number;
  readonly sabotage?: Sabotage;
  readonly stopsAtFirst?: boolean;
}

/** Runs random schedules, the same ones for the same seed. */
export function explore({ seed: first, schedules, sabotage, stopsAtFirst = false }: Exploration): Findings {
  const violations: (Violation & { seed: number })[] = [];
  const counts: Record<string, number> = { reloads: 0 };
  for (let seed = first; seed < first + schedules; seed++) {
    const world = new World(seed, sabotage);
    const checker = world.run(40 + world.random.below(120));
    for (const [name, count] of Object.entries({ ...checker.counts, reloads: world.reloads })) {
      counts[name] = (counts[name] ?? 0) + count;
    }
    const [violation] = checker.violations;
    if (violation) violations.push({ ...violation, seed });
    if (violation && stopsAtFirst) break;
  }
  return { violations, counts };
}
