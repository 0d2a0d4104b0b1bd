/** A watch: what a client missed, then what happens, in the order of revisions. Upstream: the watch cache. */
import type { Clock } from "#kernel/clock.ts";
import { StatusError } from "../../api-status.ts";
import { invalidError } from "../../registry/invalid-error.ts";
import { forbidden } from "../../schema/field-causes.ts";
import type { Follower } from "../../storage/followers.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import type { Target, WatchOptions, WatchSink } from "../api-operations.ts";
import { parseResourceVersion, tooLarge } from "../reading/resource-version.ts";
import { selectionOf } from "../reading/selection.ts";
import { DEFINITIONS, redefines } from "./definition-changes.ts";
import type { WatchEvents } from "./watch-events.ts";
import { WatchTimers } from "./watch-timers.ts";

export interface WatchParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: WatchEvents;
  /** What is shown to who does not mind how old it is. */
  readonly staleRevision: () => number;
  /** Watches may begin with everything that exists (`sendInitialEvents`). */
  readonly allowsWatchList: boolean;
}

/** Tells `sink` until the returned function is called, or the watch's time is over. Throws 400, 422 for bad options. */
export function watchObjects(parts: WatchParts, target: Target, options: WatchOptions, sink: WatchSink): () => void {
  const { store, events } = parts;
  const selection = selectionOf(target, options);
  if (options.sendInitialEvents && !parts.allowsWatchList) throw withoutWatchList();
  const start = watchStart(parts, options);
  const refusal = refusalOf(store, start);
  if (refusal) return refuse(refusal, sink);

  const { resource } = target;
  const stops: (() => void)[] = [];
  let ended = false;
  const stop = (): void => {
    ended = true;
    for (const each of stops.splice(0)) each();
  };
  const end = (): void => {
    if (ended) return;
    stop();
    sink.end();
  };
  const tell: WatchSink["event"] = (event) => {
    if (!ended) sink.event(event);
  };
  if (start.sendsInitial) {
    for (const object of store.listAt(resource.storage, start.revision))
      if (selection.includes(object)) tell(events.initial(object, resource));
    if (start.marksInitial) tell(events.initialEventsEnd(resource, start.revision));
  }
  const follow = (storage: string, revision: number, follower: Follower): void =>
    void stops.push(store.followAfter(storage, revision, follower));
  follow(resource.storage, start.revision, (change) => {
    const event = events.of(change, resource, selection);
    if (event) tell(event);
  });
  if (resource.custom)
    follow(DEFINITIONS, store.revision, (change) => {
      if (redefines(change, resource)) end();
    });
  const bookmark = (): void => {
    if (store.revision >= start.revision) tell(events.bookmark(resource, store.revision));
  };
  const timers = new WatchTimers(parts, options, { bookmark, end });
  stops.push(() => timers.stop());
  return stop;
}

interface WatchStart {
  /** Changes after it are told. */
  readonly revision: number;
  /** Everything that existed then comes first. */
  readonly sendsInitial: boolean;
  /** A bookmark tells the end of that. */
  readonly marksInitial: boolean;
  /** It must have been reached. */
  readonly required: number;
}

function watchStart(parts: WatchParts, options: WatchOptions): WatchStart {
  const { store, allowsWatchList } = parts;
  const { sendInitialEvents, resourceVersionMatch, allowBookmarks } = options;
  const required = parseResourceVersion(options.resourceVersion);
  const isAnyRevision = required === 0;
  const sendsInitial = resourceVersionMatch === "" ? isAnyRevision : sendInitialEvents;
  return {
    revision: !isAnyRevision && !sendsInitial ? required : initialRevision(parts, options, store.revision),
    sendsInitial,
    // Asked for, or granted to who takes bookmarks and says nothing.
    marksInitial: sendsInitial && allowBookmarks && allowsWatchList,
    required: sendsInitial ? required : 0,
  };
}

/** Only revision 0 may be shown what is no longer so. */
function initialRevision({ staleRevision }: WatchParts, { resourceVersion }: WatchOptions, current: number): number {
  return resourceVersion === "0" ? staleRevision() : current;
}

function refusalOf({ compactedTo, revision: current }: ObjectStore, start: WatchStart): StatusError | undefined {
  if (start.required > current) return tooLarge(start.required, current);
  if (start.revision >= compactedTo) return undefined;
  return new StatusError(410, "Expired", `too old resource version: ${start.revision} (${compactedTo})`);
}

function withoutWatchList(): StatusError {
  const field = "sendInitialEvents";
  return invalidError({ group: "meta.k8s.io", kind: "ListOptions" }, "", [
    forbidden(field, `${field} is forbidden for watch unless the WatchList feature gate is enabled`),
  ]);
}

/** Told inside the stream: the headers have gone out when a real server finds it. */
function refuse({ status }: StatusError, sink: WatchSink): () => void {
  sink.event({ type: "ERROR", object: { ...status } });
  sink.end();
  return () => {};
}
