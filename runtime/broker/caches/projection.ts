import { type FieldPath, parseFieldPath } from "#resources/field-path.ts";
import { BadCallError } from "../errors.ts";

/** The keys to keep, and below each what to keep of it; without keys, all. */
export type Kept = ReadonlyMap<string, Kept>;
type KeptBelow = Map<string, KeptBelow>;

/**
 * Makes a function that keeps only these fields of an object. Lists are passed through: `spec.containers.image` keeps
 * the image of each. Throws `BadCallError` or `FieldPathError` for a path that cannot be kept.
 */
export function createProjection(paths: readonly string[]): (object: unknown) => unknown {
  const kept = keptFields(paths);
  return (object) => project(object, kept);
}

/** Throws `BadCallError` or `FieldPathError` for a path that cannot be kept. */
export function keptFields(paths: readonly string[]): Kept {
  const kept: KeptBelow = new Map();
  for (const path of paths) keep(kept, path, parseFieldPath(path));
  return kept;
}

function keep(root: KeptBelow, text: string, path: FieldPath): void {
  let kept = root;
  for (const [at, step] of path.entries()) {
    if (typeof step === "number") {
      throw new BadCallError(`Cannot use field "${text}": the items of a list are kept together; leave [${step}] out`);
    }
    const below = kept.get(step);
    if (below?.size === 0) return;
    const isLast = at === path.length - 1;
    const next: KeptBelow = isLast || !below ? new Map() : below;
    kept.set(step, next);
    kept = next;
  }
}

function project(value: unknown, kept: Kept): unknown {
  if (kept.size === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => project(item, kept));
  const fields = Object.entries(value).filter(([key]) => kept.has(key));
  return Object.fromEntries(fields.map(([key, field]) => [key, project(field, kept.get(key) ?? new Map())]));
}
