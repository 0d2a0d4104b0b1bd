/** A watch: what a client missed, then what happens, in the order of revisions. Upstream: the watch cache. */
import type { Clock } from "#kernel/clock.ts";
import { StatusError } from "../api-status.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import type { Target, WatchEvent, WatchOptions, WatchSink } from "./api-operations.ts";
import { requestedRevision } from "./resource-version.ts";
import { selectionOf, type Selection } from "./selection.ts";
import type { WatchEvents } from "./watch-events.ts";

export interface WatchParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: WatchEvents;
}

const BOOKMARK_INTERVAL_MS = 60_000;
/** kube-apiserver: `--min-request-timeout`, from once to twice as long. */
const MIN_TIMEOUT_MS = 1_800_000;

/** Tells `sink` until the returned function is called, or the watch's time is over. */
export function watchObjects(parts: WatchParts, target: Target, options: WatchOptions, sink: WatchSink): () => void {
  const { store, clock, random } = parts;
  refuseContradictions(options);
  const selection = selectionOf(target, options);
  const since = startRevision(store, options);
  if (since !== undefined && since < store.compactedTo) return refuseTooOld(since, store, sink);

  const stops: (() => void)[] = [];
  let ended = false;
  const stop = (): void => {
    ended = true;
    for (const each of stops.splice(0)) each();
  };
  const tell = (event: WatchEvent | undefined): void => {
    if (event && !ended) sink.event(event);
  };
  const bookmark = (): WatchEvent => parts.events.bookmark(target.resource, store.revision);

  stops.push(
    store.follow((change) => {
      if (change.storage === target.resource.storage) tell(parts.events.of(change, target.resource, selection));
    }),
  );
  tellPast(parts, target, { selection, since, options }, tell);
  if (options.allowBookmarks) stops.push(repeat(clock, BOOKMARK_INTERVAL_MS, () => tell(bookmark())));
  const timer = clock.setTimer(options.timeoutMs ?? MIN_TIMEOUT_MS * (1 + random()), () => {
    if (options.allowBookmarks) tell(bookmark());
    stop();
    sink.end();
  });
  stops.push(() => timer.cancel());
  return stop;
}

interface Past {
  readonly selection: Selection;
  /** `undefined`: everything that exists comes first. */
  readonly since: number | undefined;
  readonly options: WatchOptions;
}

function tellPast(
  { store, events }: WatchParts,
  { resource }: Target,
  { selection, since, options }: Past,
  tell: (event: WatchEvent | undefined) => void,
): void {
  if (since === undefined) {
    for (const object of store.list(resource.storage))
      if (selection.includes(object)) tell(events.initial(object, resource));
    if (options.sendInitialEvents && options.allowBookmarks) tell(events.initialEventsEnd(resource, store.revision));
    return;
  }
  for (const change of store.changesAfter(resource.storage, since)) tell(events.of(change, resource, selection));
}

function startRevision(store: ObjectStore, { resourceVersion, sendInitialEvents }: WatchOptions): number | undefined {
  const revision = resourceVersion === "" || resourceVersion === "0" ? 0 : requestedRevision(resourceVersion, store);
  return revision === 0 || sendInitialEvents ? undefined : revision;
}

/** Told inside the stream: the headers have gone out when a real server finds it. */
function refuseTooOld(since: number, { compactedTo }: ObjectStore, sink: WatchSink): () => void {
  const { status } = new StatusError(410, "Expired", `too old resource version: ${since} (${compactedTo})`);
  sink.event({ type: "ERROR", object: { ...status } });
  sink.end();
  return () => {};
}

function refuseContradictions({ sendInitialEvents, resourceVersionMatch }: WatchOptions): void {
  const problem = sendInitialEvents
    ? resourceVersionMatch === "NotOlderThan"
      ? undefined
      : "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
    : resourceVersionMatch === ""
      ? undefined
      : "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided";
  if (problem === undefined) return;
  const field = sendInitialEvents ? "resourceVersionMatch" : "resourceVersionMatch";
  throw new StatusError(422, "Invalid", `ListOptions.meta.k8s.io "" is invalid: ${field}: ${problem}`, {
    group: "meta.k8s.io",
    kind: "ListOptions",
    causes: [{ reason: "FieldValueForbidden", message: problem, field }],
  });
}

function repeat(clock: Clock, intervalMs: number, run: () => void): () => void {
  let timer = clock.setTimer(intervalMs, function again() {
    timer = clock.setTimer(intervalMs, again);
    run();
  });
  return () => timer.cancel();
}
