import type { ApiOperations } from "./api-operations.ts";
import { deleteCollection } from "./deleting/delete-collection.ts";
import { deleteObject } from "./deleting/delete-object.ts";
import type { OperationsDeps } from "./operations-context.ts";
import { getObject } from "./reading/get-object.ts";
import { listObjects } from "./reading/list-objects.ts";
import { ServedObjects } from "./versions/served-objects.ts";
import { create, patch, update } from "./writing/write-request.ts";
import { WatchEvents } from "./watching/watch-events.ts";
import { watchObjects } from "./watching/watch-objects.ts";

export function createApiOperations(deps: OperationsDeps): ApiOperations {
  const { store } = deps;
  const { staleRevisions = 0, allowsWatchList = true } = deps.imperfections ?? {};
  const served = new ServedObjects();
  const context = {
    ...deps,
    served,
    events: new WatchEvents(served),
    allowsWatchList,
    staleRevision: () => Math.max(store.compactedTo, store.revision - staleRevisions),
  };
  return {
    create: (target, body, options) => create(context, target, body, options),
    get: (target, options) => getObject(context, target, options),
    list: (target, options) => listObjects(context, target, options),
    watch: (target, options, sink) => watchObjects(context, target, options, sink),
    update: (target, body, options) => update(context, target, body, options),
    patch: (target, change, options) => patch(context, target, change, options),
    delete: (target, options) => deleteObject(context, target, options),
    deleteCollection: (target, selection, options) => deleteCollection(context, target, selection, options),
  };
}
