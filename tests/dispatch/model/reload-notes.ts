import type { Checker } from "./checker.ts";
import { type HandlerConfig, inNamespaces, matches, repeatType } from "./handler-config.ts";
import type { SimulatedCache } from "./simulated-cache.ts";
import { same } from "./version.ts";

/** Before a reload: what it puts out of scope counts as never finished, and what older code did counts for nothing. */
export function noteReload(checker: Checker, old: HandlerConfig, config: HandlerConfig): void {
  checker.row = { count: 0, objects: new Set() };
  checker.deaths = 0;
  for (const record of checker.records.values()) {
    const { key, resource, run, finished, parked, lives } = record;
    const isOut = ({ last }: { last: Parameters<typeof matches>[1] }): boolean =>
      resource !== config.resource || !inNamespaces(config, key) || (matches(old, last) && !matches(config, last));
    for (const life of lives.values()) {
      life.exempt ||= isOut(life) || !matches(config, life.last) || !matches(old, life.last);
    }
    const runs = run && !record.forgotten ? run.delivery.object.uid : undefined;
    const about = lives.get(runs ?? finished?.uid ?? parked?.uid ?? "");
    if (about && isOut(about)) record.forget();
    if (!record.parked) record.startOver();
    if (repeatType(config) === undefined) record.again = undefined;
  }
}

/** Before a reload that needs another informer: what its cache shows is met, or differs as after a relist. */
export function noteExchange(
  checker: Checker,
  [old, oldCache]: readonly [HandlerConfig, SimulatedCache],
  [config, cache]: readonly [HandlerConfig, SimulatedCache],
): void {
  const watchedBefore = config.resource === old.resource ? oldCache.versions.keys() : [];
  for (const key of new Set([...watchedBefore, ...cache.versions.keys()])) {
    if (!inNamespaces(config, key)) continue;
    const wasWatched = config.resource === old.resource && inNamespaces(old, key);
    const before = wasWatched ? oldCache.versions.get(key) : undefined;
    const now = cache.versions.get(key);
    if (!wasWatched && now) checker.met(now);
    else if (!same(before, now)) {
      const left = config.pushDown && before !== undefined && !matches(config, before);
      checker.changed(key, { before, after: now, last: undefined, left });
    }
  }
}
