import type { Clock } from "#kernel/clock.ts";
import type { ListWatchScope } from "#kubernetes/clients/http-list-watch.ts";
import type { ListWatchClient, WatchSink } from "#kubernetes/list-watch.ts";
import type { Logger } from "#observability/logger.ts";
import { resourceName } from "#resources/api-resource.ts";

type OpenListWatch = (scope: ListWatchScope) => ListWatchClient;

const TELL_EVERY_MS = 250;

/** The same clients, which tell now and then how many objects of a complete state have come: for people who wait for it. */
export function readingLog(logger: Logger, clock: Clock, listWatch: OpenListWatch): OpenListWatch {
  return (scope) => {
    const client = listWatch(scope);
    const resource = resourceName(scope.resource);
    const newCount = (): (() => void) =>
      tellSometimes(clock, (objects) => logger.debug("informer reading", { resource, objects }));
    let count = newCount();
    return {
      list(query, item, signal) {
        if (query.continue === undefined) count = newCount();
        return client.list(query, (object) => (count(), item(object)), signal);
      },
      watch(query, sink, signal) {
        return client.watch(query, query.sendInitialEvents ? countInitial(sink, newCount()) : sink, signal);
      },
    };
  };
}

function tellSometimes(clock: Clock, tell: (count: number) => void): () => void {
  let count = 0;
  let toldAt = clock.monotonic();
  return () => {
    count++;
    const now = clock.monotonic();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    tell(count);
  };
}

/** Until the end of the initial events. */
function countInitial(sink: WatchSink, count: () => void): WatchSink {
  let isComplete = false;
  return {
    opened: () => sink.opened(),
    event(type, object) {
      if (!isComplete) count();
      sink.event(type, object);
    },
    bookmark(resourceVersion, initialEventsEnd) {
      isComplete ||= initialEventsEnd;
      sink.bookmark(resourceVersion, initialEventsEnd);
    },
    unknown: (type, resourceVersion) => sink.unknown(type, resourceVersion),
  };
}
