/** One Event of the cluster and what is counted in it. */
import type { RecordedEvent } from "../event-recorder.ts";
import { EventBudget } from "./event-budget.ts";
import { RecentMap } from "./recent-map.ts";
import { SimilarEvents } from "./similar-events.ts";

export interface EventSeries {
  readonly event: RecordedEvent;
  /** Of the Event in the cluster; made here, so that a create whose answer was lost can be repeated. */
  name: string;
  isInCluster: boolean;
  /** The newest: those of combined Events differ. */
  message: string;
  count: number;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  lastAt: number;
}

/** The API server forgets an Event after this time without a change (kube-apiserver: `--event-ttl`). */
const WINDOW_MS = 60 * 60_000;
const MAX_SERIES = 1_024;

/** How client-go marks an Event that stands for several, so that people and tools know it. */
const COMBINED = "(combined from similar events): ";

interface Times {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly monotonicMs: number;
}

/**
 * What client-go's `EventCorrelator` decides, in its order: ten similar Events become one, repeats are counted in one,
 * and an object about which too much is sent waits. All of it in bounded memory.
 */
export class EventCorrelator {
  readonly #newName: (event: RecordedEvent) => string;
  readonly #similar = new SimilarEvents();
  readonly #series = new RecentMap<EventSeries>(MAX_SERIES);
  readonly #budget = new EventBudget();

  constructor(newName: (event: RecordedEvent) => string) {
    this.#newName = newName;
  }

  /** The series that has this Event now, and whether it may be sent. What may not is counted all the same. */
  add(event: RecordedEvent, times: Times): { readonly series: EventSeries; readonly maySend: boolean } {
    const { apiVersion, kind, namespace, name, uid } = event.regarding;
    const object = JSON.stringify([apiVersion, kind, namespace, name, uid]);
    const alike = JSON.stringify([object, event.type, event.reason]);
    const areMany = this.#similar.areMany(alike, event.message, times.monotonicMs);
    const series = areMany
      ? this.#counted(alike, { ...event, message: `${COMBINED}${event.message}` }, times)
      : this.#counted(JSON.stringify([alike, event.message]), event, times);
    return { series, maySend: this.#budget.spend(object, times.monotonicMs) };
  }

  #counted(key: string, event: RecordedEvent, { now }: Times): EventSeries {
    const known = this.#series.get(key);
    if (known !== undefined && now - known.lastAt < WINDOW_MS) {
      known.count++;
      known.lastAt = now;
      known.message = event.message;
      return known;
    }
    const name = this.#newName(event);
    const { message } = event;
    const fresh: EventSeries = { event, name, isInCluster: false, message, count: 1, firstAt: now, lastAt: now };
    this.#series.set(key, fresh);
    return fresh;
  }
}
