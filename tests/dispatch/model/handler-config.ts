import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import type { EventType } from "#dispatch/ports.ts";
import type { Seeded } from "./seeded.ts";
import { namespaceOf, type Version } from "./version.ts";

/** The options of the handler under test, as far as the schedules vary them. */
export interface HandlerConfig {
  readonly resource: "pods" | "deployments";
  readonly namespaces: readonly string[];
  /** `undefined`: every tier. */
  readonly tiers: readonly string[] | undefined;
  /** The API server applies the tiers: the informer does not see other objects. */
  readonly pushDown: boolean;
  readonly events: readonly EventType[];
  /** `changed: ["spec"]` */
  readonly changed: boolean;
  readonly initial: "deliver" | "skip";
  readonly concurrency: number;
  readonly attempts: number;
}

const EVENT_TYPES: readonly EventType[] = ["added", "updated", "deleted", "unselected"];

/** Pods of both namespaces, with options of all kinds. */
export function randomConfig(random: Seeded): HandlerConfig {
  const some = EVENT_TYPES.filter(() => random.chance(0.6));
  return {
    resource: "pods",
    namespaces: ["a", "b"],
    tiers: undefined,
    pushDown: random.chance(0.25),
    events: random.chance(0.6) || some.length === 0 ? EVENT_TYPES : some,
    changed: random.chance(0.25),
    initial: random.chance(0.2) ? "skip" : "deliver",
    concurrency: random.pick([1, 1, 2, 4]),
    attempts: random.pick([2, 3, 5]),
  };
}

/** What a save may change. */
export function otherConfig(config: HandlerConfig, random: Seeded): HandlerConfig {
  const kind = random.weighted({ code: 4, tiers: 3, namespaces: 2, resource: 1, options: 1 });
  if (kind === "tiers") return { ...config, tiers: random.pick([undefined, ["web"], ["db"]]) };
  if (kind === "namespaces") return { ...config, namespaces: random.pick([["a"], ["b"], ["a", "b"]]) };
  if (kind === "resource") return { ...config, resource: config.resource === "pods" ? "deployments" : "pods" };
  if (kind === "code") return config;
  const { resource, namespaces, tiers, pushDown } = config;
  return { ...randomConfig(random), resource, namespaces, tiers, pushDown };
}

/** Whether the same informer serves both. */
export function isSameInformer(a: HandlerConfig, b: HandlerConfig): boolean {
  const seesTheSame = !a.pushDown || String(a.tiers) === String(b.tiers);
  return a.resource === b.resource && String(a.namespaces) === String(b.namespaces) && seesTheSame;
}

export function inNamespaces(config: HandlerConfig, key: string): boolean {
  return config.namespaces.includes(namespaceOf(key));
}

export function matches(config: HandlerConfig, version: Version): boolean {
  return inNamespaces(config, version.key) && (config.tiers?.includes(version.tier) ?? true);
}

/** Whether the handler is run for this difference. */
export function listens(config: HandlerConfig, type: EventType, old: Version | undefined, object: Version): boolean {
  return config.events.includes(type) && !(type === "updated" && config.changed && old?.spec === object.spec);
}

/** How the handler is told about an unchanged object; `undefined`: not at all. */
export function repeatType({ events }: HandlerConfig): EventType | undefined {
  return (["updated", "added"] as const).find((type) => events.includes(type));
}

export function dispatchOptions({ resource, tiers, attempts, changed, ...config }: HandlerConfig): DispatchOptions {
  return {
    ...config,
    resource: { group: resource === "pods" ? "" : "apps", version: "v1", plural: resource, kind: resource },
    selector: { matches: ({ tier = "" }) => tiers?.includes(tier) ?? true },
    names: [],
    changed: changed ? ["spec"] : [],
    generationChanged: false,
    retry: { attempts, backoffMs: 1_000, maxBackoffMs: 300_000 },
    fieldSelector: "",
    resyncMs: undefined,
    replaysOnReload: false,
  };
}
