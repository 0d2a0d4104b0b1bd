import type { InformerEvent } from "#informer/informer-event.ts";
import type { InformerOptions } from "#informer/informer-options.ts";
import type { InformerScope, ListWatchScope } from "#informer/informer-scope.ts";
import type { Notification } from "#informer/notification.ts";
import type { FailureKind } from "#informer/reflector/reflector-failure.ts";
import { SharedInformer } from "#informer/shared-informer.ts";
import { WatchListMemory } from "#informer/reflector/watch-list-memory.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { ScriptedListWatch } from "./scripted-list-watch.ts";

export const pods: ApiResource = {
  group: "",
  version: "v1",
  plural: "pods",
  singular: "pod",
  kind: "Pod",
  shortNames: ["po"],
  namespaced: true,
  verbs: ["list", "watch"],
};

/** All pods, of every namespace. */
export const allPods: InformerScope = { resource: pods, namespaces: [], labelSelector: "", fieldSelector: "" };

export interface InformerRig {
  readonly clock: FakeClock;
  readonly api: ScriptedListWatch;
  readonly informer: SharedInformer;
  /** What the informer said about itself. */
  readonly events: InformerEvent[];
  /** The kinds of the failures that it reported. */
  readonly failures: () => FailureKind[];
  /** `key@resourceVersion` of what is in the cache, sorted. */
  readonly cached: () => string[];
  /** Starts it. */
  readonly run: () => void;
  /** Stops it, and resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

export interface RigOptions extends InformerOptions {
  readonly scope?: InformerScope;
  readonly api?: (scope: ListWatchScope) => ScriptedListWatch;
  readonly random?: () => number;
}

/** An informer of pods before a scripted API server, on a clock that stands. Without watch-lists unless they are asked for. */
export function informerRig({ scope = allPods, api, random = () => 0, ...options }: RigOptions = {}): InformerRig {
  const clock = new FakeClock();
  const events: InformerEvent[] = [];
  const scripted = new ScriptedListWatch();
  const deps = {
    clock,
    random,
    listWatch: api ?? (() => scripted),
    observer: (event: InformerEvent) => void events.push(event),
    watchLists: new WatchListMemory(clock),
  };
  const informer = new SharedInformer(scope, deps, { watchList: false, ...options });
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    clock,
    api: scripted,
    informer,
    events,
    failures: () => events.flatMap((event) => (event.type === "failed" ? [event.failure.kind] : [])),
    cached: () => Array.from(informer.cache.values(), ({ key, resourceVersion }) => `${key}@${resourceVersion}`).sort(),
    run: () => {
      running = informer.run(stop.signal);
    },
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}

/** One line for each notification, for example `updated default/web 1→2 watch`. */
export function describe(notification: Notification): string {
  const { type, object, origin } = notification;
  if (type === "added") return `added ${object.key} ${object.resourceVersion} ${origin}`;
  if (type === "deleted") {
    return `deleted ${object.key} ${object.resourceVersion} ${origin}${notification.finalStateUnknown ? " unknown" : ""}`;
  }
  const { old, recreated } = notification;
  return `updated ${object.key} ${old.resourceVersion}→${object.resourceVersion} ${origin}${recreated ? " recreated" : ""}`;
}

/** Subscribes and writes down what comes. */
export function recordNotifications(informer: SharedInformer): string[] {
  const told: string[] = [];
  informer.subscribe((notification) => void told.push(describe(notification)));
  return told;
}

/** Started, and synced with these pods at resourceVersion 10. */
export async function syncedRig(
  objects: Parameters<ScriptedListWatch["answerList"]>[0],
  options: RigOptions = {},
): Promise<InformerRig> {
  const rig = informerRig(options);
  rig.api.answerList(objects, "10");
  rig.run();
  await settle();
  return rig;
}

/** Started with watch-lists; the first one is open. */
export async function streaming(): Promise<InformerRig> {
  const rig = informerRig({ watchList: true });
  rig.run();
  await settle();
  return rig;
}

/** Ends the watch as a server does whose time is over, and lets the next one open. Returns the last request. */
export async function reopen({ api, clock }: InformerRig): Promise<string | undefined> {
  api.lastWatch.close();
  await clock.advance(1_000);
  return api.requests.at(-1);
}
