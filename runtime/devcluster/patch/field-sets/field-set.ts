/**
 * A set of paths in an object, as a tree. Below a node its children have the names that `fieldsV1` gives them:
 * `f:spec` (a member), `k:{"name":"a"}` (an element with keys), `v:"a"` (an element that is a plain value).
 */
export interface FieldSet {
  /** The path that leads here is in the set. */
  readonly owned: boolean;
  /** None of them is empty. */
  readonly children: ReadonlyMap<string, FieldSet>;
}

const CHILDLESS: ReadonlyMap<string, FieldSet> = new Map();

export const NO_FIELDS: FieldSet = { owned: false, children: CHILDLESS };

/** The path itself and nothing below. */
export const LEAF: FieldSet = { owned: true, children: CHILDLESS };

export function fieldSet(owned: boolean, children: ReadonlyMap<string, FieldSet>): FieldSet {
  if (children.size > 0) return { owned, children };
  return owned ? LEAF : NO_FIELDS;
}

/** The set of some paths. */
export function fieldSetOfPaths(...paths: readonly (readonly string[])[]): FieldSet {
  return paths
    .map((path) => path.reduceRight<FieldSet>((below, name) => parent(name, below), LEAF))
    .reduce(union, NO_FIELDS);
}

export function isEmpty({ owned, children }: FieldSet): boolean {
  return !owned && children.size === 0;
}

export function has(set: FieldSet, path: readonly string[]): boolean {
  let at: FieldSet | undefined = set;
  for (const name of path) at = at?.children.get(name);
  return at?.owned ?? false;
}

export function isSame(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  if (a.owned !== b.owned || a.children.size !== b.children.size) return false;
  for (const [name, child] of a.children) {
    const other = b.children.get(name);
    if (other === undefined || !isSame(child, other)) return false;
  }
  return true;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmpty(b)) return a;
  if (isEmpty(a)) return b;
  const children = new Map(a.children);
  for (const [name, child] of b.children) {
    const other = children.get(name);
    children.set(name, other === undefined ? child : union(other, child));
  }
  return fieldSet(a.owned || b.owned, children);
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  return pick(a, a.owned && b.owned, (child, name) => intersection(child, b.children.get(name) ?? NO_FIELDS));
}

/** Exactly the paths of `b` are taken out, not what lies below them. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(b)) return a;
  return pick(a, a.owned && !b.owned, (child, name) => difference(child, b.children.get(name) ?? NO_FIELDS));
}

/** The paths of `b` are taken out, and everything below them. */
export function differenceBelow(a: FieldSet, b: FieldSet): FieldSet {
  if (b.owned) return NO_FIELDS;
  if (isEmpty(b)) return a;
  return pick(a, a.owned, (child, name) => differenceBelow(child, b.children.get(name) ?? NO_FIELDS));
}

/** Every path; those that end at a level come before those that go on. */
export function* pathsOf({ children }: FieldSet, above: readonly string[] = []): Generator<readonly string[]> {
  const sorted = [...children].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, child] of sorted) if (child.owned) yield [...above, name];
  for (const [name, child] of sorted) yield* pathsOf(child, [...above, name]);
}

function parent(name: string, child: FieldSet): FieldSet {
  return { owned: false, children: new Map([[name, child]]) };
}

function pick(set: FieldSet, owned: boolean, choose: (child: FieldSet, name: string) => FieldSet): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [name, child] of set.children) {
    const chosen = choose(child, name);
    if (!isEmpty(chosen)) children.set(name, chosen);
  }
  return fieldSet(owned, children);
}
