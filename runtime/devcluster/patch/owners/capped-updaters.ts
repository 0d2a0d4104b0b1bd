import { union } from "../field-sets/field-set.ts";
import { identity, type Owner } from "./managed-fields.ts";

/** managedfields: `DefaultMaxUpdateManagers`. */
const MOST_UPDATERS = 10;

/** Whom the oldest updates are put down to when there are too many updaters. */
const ANCIENT = "ancient-changes";

/** At most ten managers that update: the oldest become one for each version. */
export function cappedUpdaters(owners: readonly Owner[]): readonly Owner[] {
  const updaters = owners.filter(({ operation }) => operation === "Update").toSorted(byAge);
  let excess = updaters.length - MOST_UPDATERS;
  if (excess <= 0) return owners;
  const left = new Map(owners.map((owner) => [identity(owner), owner]));
  const firstOfVersion = new Map<string, Owner>();
  for (const owner of updaters) {
    if (excess <= 0) break;
    const first = firstOfVersion.get(owner.apiVersion);
    if (first === undefined) {
      firstOfVersion.set(owner.apiVersion, owner);
      continue;
    }
    const bucket: Owner = { ...owner, name: ANCIENT, subresource: "" };
    const merged = left.get(identity(bucket)) ?? first;
    if (merged === first) left.delete(identity(first));
    left.delete(identity(owner));
    left.set(identity(bucket), { ...bucket, fields: union(merged.fields, owner.fields) });
    excess -= 1;
  }
  return [...left.values()];
}

function byAge(a: Owner, b: Owner): number {
  if (a.time !== b.time) return (a.time ?? "") < (b.time ?? "") ? -1 : 1;
  return identity(a) < identity(b) ? -1 : 1;
}
