import type { Schema } from "../../schema/schema.ts";
import { difference, type FieldSet, intersection, isEmpty, union } from "../field-sets/field-set.ts";
import { fieldSetOf, withDeclaredParents } from "../field-sets/field-set-of.ts";
import { removeFields } from "../field-sets/remove-fields.ts";

/**
 * The merged object without what its applier named the last time, names no more, and nobody else owns.
 *
 * @param last what the applier owned before
 * @param owned what it names now, and what all others own
 */
export function pruned(merged: unknown, last: FieldSet, owned: FieldSet, schema: Schema): unknown {
  if (isEmpty(last)) return merged;
  const withParents = (set: FieldSet): FieldSet => withDeclaredParents(set, schema);
  const all = withParents(fieldSetOf(merged, schema));
  // Parents of what went, which still have an owner or other members, come back.
  const withoutLast = withParents(fieldSetOf(removeFields(merged, withParents(last), schema), schema));
  const unowned = difference(all, union(withoutLast, withParents(owned)));
  const kept = withParents(fieldSetOf(removeFields(merged, unowned, schema), schema));
  return removeFields(merged, intersection(difference(all, kept), withParents(last)), schema);
}
