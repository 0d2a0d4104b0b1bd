import type { FieldCause } from "../field-causes.ts";
import type { Schema } from "../schema.ts";

/** What looking at a value came to. `matches` grows with what was looked at; of several alternatives that fail, the one that got furthest is told. */
export interface Checked {
  readonly causes: FieldCause[];
  readonly matches: number;
}

export type Check = (schema: Schema, value: unknown, path: string) => Checked;

/** Without what is told already. */
export function merged(results: readonly Checked[]): Checked {
  const seen = new Map(
    results.flatMap(({ causes }) => causes).map((cause) => [`${cause.field}: ${cause.message}`, cause]),
  );
  return { causes: [...seen.values()], matches: results.reduce((sum, { matches }) => sum + matches, 0) };
}
