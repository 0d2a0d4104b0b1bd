import { badRequest } from "./api-errors.ts";
import type { ApiOperations, Target } from "./api-operations.ts";
import { createObject } from "./create-object.ts";
import { currentObject } from "./current-object.ts";
import { deleteObject } from "./delete-object.ts";
import { listObjects } from "./list-objects.ts";
import type { OperationsContext } from "./operations-context.ts";
import { ServedObjects } from "./served-object.ts";
import { updateObject } from "./update-object.ts";
import { WatchEvents } from "./watch-events.ts";
import { watchObjects } from "./watch-objects.ts";

export function createApiOperations(context: OperationsContext): ApiOperations {
  const { store, clock, random } = context;
  const { staleRevisions = 0, allowsWatchList = true } = context.imperfections ?? {};
  const staleRevision = (): number => Math.max(store.compactedTo, store.revision - staleRevisions);
  const served = new ServedObjects();
  const lists = { store, served, staleRevision };
  const watches = { store, clock, random, events: new WatchEvents(served), staleRevision, allowsWatchList };
  return {
    create: (target, body, options) => createObject(context, target, body, options),
    get: (target) => served.of(target.resource, currentObject(store, target)),
    list: (target, options) => listObjects(lists, target, options),
    watch: (target, options, sink) => watchObjects(watches, target, options, sink),
    update: (target, body, options) => updateObject(context, target, body, options),
    patch() {
      throw badRequest("patches are not connected yet");
    },
    delete: (target, options) => deleteObject(context, target, options),
    deleteCollection(target, selection, options) {
      const list = listObjects(lists, target, selection);
      for (const { metadata } of list.items)
        deleteObject(
          context,
          { ...target, namespace: metadata.namespace ?? "", name: metadata.name } satisfies Target,
          options,
        );
      return list;
    },
  };
}
