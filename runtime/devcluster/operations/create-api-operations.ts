import type { ApiOperations } from "./api-operations.ts";
import { applyObject } from "./apply-object.ts";
import { createObject } from "./create-object.ts";
import { currentObject } from "./current-object.ts";
import { deleteCollection } from "./delete-collection.ts";
import { deleteObject } from "./delete-object.ts";
import { listObjects } from "./list-objects.ts";
import type { OperationsDeps } from "./operations-context.ts";
import { patchObject } from "./patch-object.ts";
import { parseResourceVersion, requireReached } from "./resource-version.ts";
import { ServedObjects } from "./served-object.ts";
import { updateObject } from "./update-object.ts";
import { WatchEvents } from "./watch-events.ts";
import { watchObjects } from "./watch-objects.ts";

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
    create: (target, body, options) => createObject(context, target, body, options),
    get(target, { resourceVersion } = { resourceVersion: "" }) {
      requireReached(parseResourceVersion(resourceVersion), store);
      return served.of(target.resource, currentObject(store, target));
    },
    list: (target, options) => listObjects(context, target, options),
    watch: (target, options, sink) => watchObjects(context, target, options, sink),
    update: (target, body, options) => updateObject(context, target, body, options),
    patch: (target, patch, options) =>
      patch.type === "apply"
        ? applyObject(context, target, patch.configuration, options)
        : patchObject(context, target, patch, options),
    delete: (target, options) => deleteObject(context, target, options),
    deleteCollection: (target, selection, options) => deleteCollection(context, target, selection, options),
  };
}
