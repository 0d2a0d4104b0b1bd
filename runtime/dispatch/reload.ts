import { resourceName } from "#resources/api-resource.ts";
import type { RawObject } from "#resources/raw-object.ts";
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
  const { scope: oldScope, cache: oldView, options: oldOptions } = backlog;
  if (resourceName(options.resource) !== backlog.slots.resource) return startAnew(backlog, options, view);

  backlog.adopt(options);
  const { scope } = backlog;
  const fields = fieldsOf(oldOptions, options, view);
  const isNew = (object: RawObject): boolean =>
    scope.matches(object) && !oldScope.matches(object) && !fields.hide(object);
  const grown = [...oldView.values()].filter((object) => isNew(object) && !hasWork(backlog, object.key, object.uid));
  const stays = ({ newest, gone }: Generation): boolean =>
    scope.watches(newest.namespace) &&
    (gone || !fields.hide(newest)) &&
    (scope.matches(newest) || !oldScope.matches(newest));
  for (const slot of backlog.slots.values()) {
    backlog.reduce(slot, stays);
    if (slot.phase.type !== "parked") slot.startOver();
    else if (options.replaysOnReload) backlog.replay(slot.key);
    backlog.settle(slot);
  }
  for (const object of grown) meetObject(backlog, object, "reload");
  if (view === oldView) return;
  backlog.cache = view;
  tellDifference(backlog, oldScope, oldView, fields);
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

/** What another field selector did. Which fields an object has only the API server knows: its list is all that can be asked. */
interface Fields {
  /** Whether the object is out of scope, or gone in the same moment. */
  hide(object: RawObject): boolean;
  /** Whether objects that only the new cache holds are new to the scope. */
  readonly grew: boolean;
}

function fieldsOf(old: DispatchOptions, { fieldSelector }: DispatchOptions, view: CacheView): Fields {
  const isOther = fieldSelector !== old.fieldSelector;
  const mayHide = isOther && fieldSelector !== "";
  return {
    hide: ({ key }) => mayHide && view.get(key) === undefined,
    grew: isOther && old.fieldSelector !== "",
  };
}

/** "Finished with what the cache holds" meant the old cache. */
function tellDifference(backlog: Backlog, oldScope: Scope, oldView: CacheView, fields: Fields): void {
  const { cache: view, scope } = backlog;
  for (const before of oldView.values()) {
    const { key, namespace } = before;
    if (!scope.watches(namespace) || fields.hide(before)) continue;
    changeObject(backlog, { key, before, after: view.get(key), last: undefined, relist: true });
  }
  for (const after of view.values()) {
    const { key, namespace } = after;
    if (oldView.get(key)) continue;
    const isKnown = backlog.slots.get(key)?.head !== undefined;
    const isNew = !oldScope.watches(namespace) || (!isKnown && (fields.grew || !oldScope.matches(after)));
    if (isNew) meetObject(backlog, after, "reload");
    else changeObject(backlog, { key, before: undefined, after, last: undefined, relist: true });
  }
}

function hasWork(backlog: Backlog, key: string, uid: string): boolean {
  return backlog.slots.get(key)?.generations.some((generation) => generation.uid === uid) ?? false;
}
