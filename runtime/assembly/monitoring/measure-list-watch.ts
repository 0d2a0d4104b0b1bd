import type { InformerObserver } from "#informer/informer-event.ts";
import { failureKind } from "#informer/reflector/reflector-failure.ts";
import type { ListWatchScope } from "#kubernetes/clients/http-list-watch.ts";
import type { ListWatchClient, WatchEnd, WatchEventType, WatchSink } from "#kubernetes/list-watch.ts";
import type { EventKind, InformerMetrics, InformerSeries } from "#observability/metrics/informer-metrics.ts";
import { resourceName } from "#resources/api-resource.ts";

type OpenListWatch = (scope: ListWatchScope) => ListWatchClient;

/** The same clients, which count complete states, events and the ends of watches. */
export function measureListWatch(metrics: Pick<InformerMetrics, "acquire">, listWatch: OpenListWatch): OpenListWatch {
  return (scope) => {
    const client = listWatch(scope);
    const series = metrics.acquire(resourceName(scope.resource), scope.namespace);
    let isFirst = true;
    const completed = (): void => {
      if (!isFirst) series.relisted();
      isFirst = false;
    };
    return {
      async list(query, item, signal) {
        const answer = await client.list(query, item, signal);
        if (answer.type === "page" && answer.continue === undefined) completed();
        return answer;
      },
      async watch(query, sink, signal) {
        const counted = countEvents(sink, series, query.sendInitialEvents === true, completed);
        const end = await client.watch(query, counted, signal);
        series.watchEnded(endReason(end));
        return end;
      },
    };
  };
}

/** Lets go of the series of a client whose reflector has stopped. */
export function releaseStopped(metrics: Pick<InformerMetrics, "release">): InformerObserver {
  return (event, { resource, namespace }) => {
    if (event.type === "stateChanged" && event.state.type === "stopped") metrics.release(resource, namespace);
  };
}

const KINDS: Readonly<Record<WatchEventType, EventKind>> = { ADDED: "added", MODIFIED: "modified", DELETED: "deleted" };

/** @param telling the watch begins with the complete state, whose end `completed` is told of */
function countEvents(sink: WatchSink, series: InformerSeries, telling: boolean, completed: () => void): WatchSink {
  let isTelling = telling;
  return {
    opened: () => sink.opened(),
    event(type, object) {
      if (!isTelling) series.event(KINDS[type]);
      sink.event(type, object);
    },
    bookmark(resourceVersion, initialEventsEnd) {
      if (isTelling && initialEventsEnd) {
        isTelling = false;
        completed();
      }
      sink.bookmark(resourceVersion, initialEventsEnd);
    },
    unknown: (type, resourceVersion) => sink.unknown(type, resourceVersion),
  };
}

function endReason(end: WatchEnd): string {
  return end.type === "closed" ? "closed" : failureKind(end.failure);
}
