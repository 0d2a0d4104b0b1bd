import { invalid, type FieldCause } from "../field-causes.ts";
import type { Schema } from "../schema.ts";
import { merged, type Check, type Checked } from "./checked.ts";

/** `anyOf`, `oneOf`, `allOf` and `not`, in this order. */
export function combinationCauses(schema: Schema, value: unknown, path: string, check: Check): Checked {
  const results = (schemas: readonly Schema[] = []): Checked[] => schemas.map((one) => check(one, value, path));
  const { anyOf, oneOf, allOf, not } = schema;
  return merged([
    ...(anyOf ? anyOfResults(results(anyOf), path) : []),
    ...(oneOf ? oneOfResults(results(oneOf), path) : []),
    ...(allOf ? allOfResults(results(allOf), path) : []),
    ...(not && isValid(check(not, value, path)) ? [fault(path, "must not validate the schema (not)")] : []),
    { causes: [], matches: 1 },
  ]);
}

function anyOfResults(results: readonly Checked[], path: string): Checked[] {
  if (results.some(isValid)) return [];
  return [fault(path, "must validate at least one schema (anyOf)"), ...furthest(results)];
}

function oneOfResults(results: readonly Checked[], path: string): Checked[] {
  const valid = results.filter(isValid);
  if (valid.length === 1) return valid;
  const found = valid.length === 0 ? "Found none valid" : `Found ${valid.length} valid alternatives`;
  const told = valid.length === 0 ? furthest(results) : [];
  return [fault(path, `must validate one and only one schema (oneOf). ${found}`), ...told];
}

function allOfResults(results: readonly Checked[], path: string): Checked[] {
  if (results.every(isValid)) return [...results];
  const none = results.some(isValid) ? "" : ". None validated";
  return [...results, fault(path, `must validate all the schemas (allOf)${none}`)];
}

function isValid({ causes }: Checked): boolean {
  return causes.length === 0;
}

function furthest(results: readonly Checked[]): Checked[] {
  const [first, ...others] = results;
  return first ? [others.reduce((best, one) => (one.matches > best.matches ? one : best), first)] : [];
}

function fault(path: string, what: string): Checked {
  const cause: FieldCause = invalid("<nil>", "", `${JSON.stringify(path)} ${what}`);
  return { causes: [cause], matches: 0 };
}
