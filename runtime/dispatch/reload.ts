import { resourceName } from "#resources/api-resource.ts";
import { changeObject, meetObject } from "./arrivals.ts";
import type { Backlog } from "./backlog.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import type { Scope } from "./matching.ts";
import type { CacheView } from "./ports.ts";
import type { Generation } from "./slot.ts";

/**
 * Gives the backlog other options, and another cache if the new revision has an informer of its own. What the reload itself
 * puts out of scope is forgotten, what it brings in is met, and what only the new cache knows is told as after a relist.
 */
export function reloadBacklog(backlog: Backlog, options: DispatchOptions, view: CacheView): void {
  const { scope: oldScope, cache: oldView } = backlog;
  if (resourceName(options.resource) !== backlog.slots.resource) return startAnew(backlog, options, view);

  backlog.adopt(options);
  const { scope } = backlog;
  const grown = [...oldView.values()].filter(
    (object) => scope.matches(object) && !oldScope.matches(object) && !hasWork(backlog, object.key, object.uid),
  );
  const stays = ({ newest }: Generation): boolean =>
    scope.watches(newest.namespace) && (scope.matches(newest) || !oldScope.matches(newest));
  for (const slot of backlog.slots.values()) {
    backlog.reduce(slot, stays);
    if (slot.phase.type !== "parked") slot.startOver();
    backlog.settle(slot);
  }
  for (const object of grown) meetObject(backlog, object, "reload");
  if (view === oldView) return;
  backlog.cache = view;
  tellDifference(backlog, oldScope, oldView);
}

/** Another resource: nothing of the old one is told to the new code. */
function startAnew(backlog: Backlog, options: DispatchOptions, view: CacheView): void {
  for (const slot of backlog.slots.values()) {
    backlog.reduce(slot, () => false);
    backlog.settle(slot);
  }
  backlog.slots.switchTo(resourceName(options.resource));
  backlog.adopt(options);
  backlog.cache = view;
  for (const object of view.values()) meetObject(backlog, object, "initial");
}

/** "Finished with what the cache holds" meant the old cache. */
function tellDifference(backlog: Backlog, oldScope: Scope, oldView: CacheView): void {
  const { cache: view, scope } = backlog;
  for (const before of oldView.values()) {
    const { key, namespace } = before;
    if (!scope.watches(namespace)) continue;
    changeObject(backlog, { key, before, after: view.get(key), last: undefined, relist: true });
  }
  for (const after of view.values()) {
    const { key, namespace } = after;
    if (oldView.get(key)) continue;
    if (!oldScope.watches(namespace)) meetObject(backlog, after, "reload");
    else changeObject(backlog, { key, before: undefined, after, last: undefined, relist: true });
  }
}

function hasWork(backlog: Backlog, key: string, uid: string): boolean {
  return backlog.slots.get(key)?.generations.some((generation) => generation.uid === uid) ?? false;
}
