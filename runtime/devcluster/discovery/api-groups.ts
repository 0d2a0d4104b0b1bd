import { apiVersionOf } from "#resources/api-resource.ts";
import type { ServedResource } from "../registry/served-resource.ts";

export interface ApiGroup {
  /** `""`: the core group. */
  readonly name: string;
  /** The preferred one first. */
  readonly versions: readonly ApiGroupVersion[];
}

export interface ApiGroupVersion {
  readonly version: string;
  /** `apps/v1`. */
  readonly groupVersion: string;
  readonly resources: readonly ServedResource[];
}

/** Built-in groups and their versions in the order of the resources, then those of custom resources as the real server ranks them. */
export function apiGroups(resources: readonly ServedResource[]): readonly ApiGroup[] {
  const groups = [...Map.groupBy(resources, ({ group }) => group)].map(([name, members]) => groupOf(name, members));
  const customNames = new Set(resources.filter(({ custom }) => custom).map(({ group }) => group));
  for (const { group, custom } of resources) if (!custom) customNames.delete(group);
  const custom = groups.filter(({ name }) => customNames.has(name));
  return [
    ...groups.filter(({ name }) => !customNames.has(name)),
    ...custom.map(rankVersions).sort((a, b) => compare(a.name, b.name)),
  ];
}

function groupOf(name: string, members: readonly ServedResource[]): ApiGroup {
  const versions = [...Map.groupBy(members, ({ version }) => version)].map(([version, resources]) => ({
    version,
    groupVersion: apiVersionOf({ group: name, version }),
    resources: resources.toSorted((a, b) => compare(a.plural, b.plural)),
  }));
  return { name, versions };
}

function rankVersions({ name, versions }: ApiGroup): ApiGroup {
  return { name, versions: versions.toSorted((a, b) => compareVersions(a.version, b.version)) };
}

const KUBE_VERSION = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/;
const STAGES = ["alpha", "beta", undefined];

/** Stable before beta before alpha, in each the highest number first; anything else at the end, by name. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [KUBE_VERSION.exec(a), KUBE_VERSION.exec(b)];
  if (!left || !right) return Number(right !== null) - Number(left !== null) || compare(a, b);
  return (
    STAGES.indexOf(right[2]) - STAGES.indexOf(left[2]) ||
    Number(right[1]) - Number(left[1]) ||
    Number(right[3] ?? 0) - Number(left[3] ?? 0)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
