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
  const served = new ServedObjects();
  const events = new WatchEvents(served);
  return {
    create: (target, body, options) => createObject(context, target, body, options),
    get: (target) => served.of(target.resource, currentObject(store, target)),
    list: (target, options) => listObjects({ store, served }, target, options),
    watch: (target, options, sink) => watchObjects({ store, clock, random, events }, target, options, sink),
    update: (target, body, options) => updateObject(context, target, body, options),
    patch() {
      throw badRequest("patches are not connected yet");
    },
    delete: (target, options) => deleteObject(context, target, options),
    deleteCollection(target, selection, options) {
      const list = listObjects({ store, served }, target, selection);
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
