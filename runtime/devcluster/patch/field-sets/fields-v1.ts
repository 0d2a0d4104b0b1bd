import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { type FieldSet, fieldSet, LEAF } from "./field-set.ts";

/** Beside children: the path itself is in the set, too. */
const ITSELF = ".";

/** Field sets as `metadata.managedFields` holds them. Names that are no path elements are passed over. */
export function readFieldsV1(json: JsonRecord): FieldSet {
  return fieldSet(false, childrenOf(json));
}

export function writeFieldsV1(set: FieldSet): JsonRecord {
  return Object.fromEntries(membersOf(set));
}

function childrenOf(json: JsonRecord): ReadonlyMap<string, FieldSet> {
  const children = new Map<string, FieldSet>();
  for (const [name, below] of Object.entries(json)) {
    if (!isRecord(below) || !/^[fkvi]:/.test(name)) continue;
    const own = childrenOf(below);
    children.set(name, own.size === 0 ? LEAF : fieldSet(Object.hasOwn(below, ITSELF), own));
  }
  return children;
}

function membersOf(set: FieldSet): [string, JsonRecord][] {
  const sorted = [...set.children].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, child]) => [name, nodeOf(child)]);
}

function nodeOf(set: FieldSet): JsonRecord {
  if (set.children.size === 0) return {};
  const members = membersOf(set);
  return Object.fromEntries(set.owned ? [[ITSELF, {}], ...members] : members);
}
