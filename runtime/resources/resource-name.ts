import { resourceName, type ApiResource } from "./api-resource.ts";
import { nearestNames } from "./nearest-name.ts";

export type NameResolution =
  | { readonly type: "found"; readonly resource: ApiResource }
  /** `nearest`: names that the reader may have meant, best first; looked for when it is read, which takes a while. */
  | { readonly type: "unknown"; readonly nearest: readonly string[] }
  | { readonly type: "ambiguous"; readonly candidates: readonly string[] };

/**
 * Finds what a name means, as kubectl does: `TYPE[.VERSION][.GROUP]`, where TYPE is a plural, singular, short name or kind
 * in any case. Without a version the group's preferred one counts. Of several groups the first in `resources` wins if it is
 * Kubernetes' own (`events` is the core group's); between two groups of custom resources kubectl takes one silently,
 * here the name is ambiguous: a handler must not run on the wrong kind.
 * @param resources in discovery's order
 */
export function resolveResourceName(name: string, resources: readonly ApiResource[]): NameResolution {
  for (const wanted of readings(name.toLowerCase())) {
    for (const isNamed of [hasName, hasShortName, hasKind]) {
      const matches = onePerName(
        inGroup(
          wanted,
          resources.filter((one) => isNamed(one, wanted.type)),
        ),
      );
      const [first, second] = matches;
      if (!first) continue;
      if (!second || isKubernetesOwn(first.group)) return { type: "found", resource: first };
      return { type: "ambiguous", candidates: matches.map(resourceName) };
    }
  }
  return {
    type: "unknown",
    get nearest() {
      return nearestNames(name, resources);
    },
  };
}

interface Wanted {
  readonly type: string;
  readonly group: string | undefined;
  readonly version: string | undefined;
}

/** `a.b.c` may be version `b` of group `c`, or group `b.c` (apimachinery: `schema.ParseResourceArg`). */
function readings(name: string): Wanted[] {
  const [type = "", ...rest] = name.split(".");
  if (rest.length === 0) return [{ type, group: undefined, version: undefined }];
  const group: Wanted = { type, group: rest.join("."), version: undefined };
  return rest.length === 1 ? [group] : [{ type, version: rest[0], group: rest.slice(1).join(".") }, group];
}

/** A group's exact name, else the beginning of one (apimachinery: `DefaultRESTMapper.ResourcesFor`). */
function inGroup({ group, version }: Wanted, resources: readonly ApiResource[]): readonly ApiResource[] {
  const ofVersion = version === undefined ? resources : resources.filter((one) => one.version === version);
  if (group === undefined) return ofVersion;
  const exact = ofVersion.filter((one) => one.group === group);
  return exact.length > 0 || group === "" ? exact : ofVersion.filter((one) => one.group.startsWith(group));
}

/** The first version of each. */
function onePerName(resources: readonly ApiResource[]): ApiResource[] {
  const seen = new Map<string, ApiResource>();
  for (const resource of resources) {
    const name = resourceName(resource);
    if (!seen.has(name)) seen.set(name, resource);
  }
  return [...seen.values()];
}

function hasName({ plural, singular }: ApiResource, type: string): boolean {
  return plural === type || (singular !== "" && singular === type);
}

function hasShortName({ shortNames }: ApiResource, type: string): boolean {
  return shortNames.includes(type);
}

function hasKind({ kind }: ApiResource, type: string): boolean {
  return kind.toLowerCase() === type;
}

function isKubernetesOwn(group: string): boolean {
  return !group.includes(".") || group.endsWith(".k8s.io");
}
