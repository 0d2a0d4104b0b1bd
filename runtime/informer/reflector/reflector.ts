/**
 * Keeps the delta FIFO fed with one resource in one scope: a complete state, then every change of it, for ever.
 * Follows client-go's reflector.go. It never publishes a part of a state, never reads an older state than it has handed over
 * (unless the server has lost it), and never repeats a request without a wait more than once.
 * It does not know what is in the cache. The shared informer runs it.
 */
import { sleep, type Clock } from "#kernel/clock.ts";
import { LinkedAbort } from "#kernel/linked-abort.ts";
import type { ListWatchClient } from "#kubernetes/list-watch.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import type { Delta, DeltaFifo } from "../queue/delta-fifo.ts";
import type { InformerEvent } from "../informer-event.ts";
import type { ResolvedInformerOptions } from "../informer-options.ts";
import type { ListWatchScope } from "../informer-scope.ts";
import { foreignness } from "./foreign-object.ts";
import { InternalErrorWindow } from "./internal-error-window.ts";
import { LiveEvents } from "./live-events.ts";
import { ReflectorBackoff } from "./reflector-backoff.ts";
import { storeFailed, type FailureKind, type ReflectorFailure } from "./reflector-failure.ts";
import { ReflectorPosition } from "./reflector-position.ts";
import type { ReflectorState } from "./reflector-state.ts";
import { ReflectorStatus } from "./reflector-status.ts";
import { SnapshotLister } from "./snapshot-lister.ts";
import type { ObjectMemory } from "./snapshot.ts";
import { StreamLister } from "./stream-lister.ts";
import type { WatchListMemory } from "./watch-list-memory.ts";
import { runWatch, type Watcher, type WatchRun } from "./watch-run.ts";
import { judgeWatch, type WatchVerdict } from "./watch-verdict.ts";

export interface ReflectorDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly client: ListWatchClient;
  readonly memory: { admit(scanned: ScannedObject): RawObject; discard(object: RawObject): void };
  readonly deltas: Pick<DeltaFifo, "push">;
  readonly watchLists: WatchListMemory;
  readonly observe: (event: InformerEvent) => void;
  /** True behind a complete state, false at the next gap. */
  readonly following: (isFollowing: boolean) => void;
}

/** From start to start: a server that ends every watch after one event would otherwise be asked in a hot loop. */
const MIN_WATCH_INTERVAL_MS = 1_000;

export class Reflector {
  readonly #scope: ListWatchScope;
  readonly #deps: ReflectorDeps;
  readonly #options: ResolvedInformerOptions;
  readonly #watcher: Watcher;
  readonly #memory: ObjectMemory;
  readonly #position: ReflectorPosition;
  readonly #lists: SnapshotLister;
  readonly #streams: StreamLister;
  readonly #backoff: ReflectorBackoff;
  readonly #internalErrors: InternalErrorWindow;
  readonly #status: ReflectorStatus;
  #watchOpenedAt = Number.NEGATIVE_INFINITY;
  /** Of the present list-and-watch. */
  #cycle = new LinkedAbort();
  #interruption: ReflectorFailure | undefined;

  constructor(scope: ListWatchScope, deps: ReflectorDeps, options: ResolvedInformerOptions) {
    const { clock, client, random, observe } = deps;
    const { pageSize, backoff, maxInternalErrorRetryMs } = options;
    this.#scope = scope;
    this.#deps = deps;
    this.#options = options;
    this.#watcher = {
      watch: (query, sink, signal) => {
        this.#watchOpenedAt = clock.monotonic();
        return client.watch(query, sink, signal);
      },
    };
    this.#memory = { admit: (scanned) => this.#admit(scanned), discard: (object) => deps.memory.discard(object) };
    this.#position = new ReflectorPosition(options.staleFirstList);
    this.#lists = new SnapshotLister({ client, memory: this.#memory, position: this.#position, pageSize });
    this.#streams = this.#streamLister();
    this.#backoff = new ReflectorBackoff(clock, { ...backoff, random });
    this.#internalErrors = new InternalErrorWindow(clock, maxInternalErrorRetryMs);
    this.#status = new ReflectorStatus(clock, observe);
  }

  get state(): ReflectorState {
    return this.#status.state;
  }

  /** Resolves when the signal has aborted and nothing runs any more. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        const failure = await this.#listAndWatch(signal);
        signal.throwIfAborted();
        await this.#wait(failure, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#status.move({ type: "stop" });
    }
  }

  /** Gives up what is going on; after a wait the complete state is read again. */
  relist(failure: ReflectorFailure): void {
    this.#interruption ??= failure;
    this.#cycle.abort();
  }

  /** From a complete state to the next gap. Returns why there is one. */
  async #listAndWatch(stop: AbortSignal): Promise<ReflectorFailure> {
    this.#cycle = new LinkedAbort(stop);
    this.#interruption = undefined;
    this.#status.move({ type: "connect" });
    try {
      return await this.#follow(this.#cycle.signal);
    } catch (error) {
      if (stop.aborted || this.#interruption === undefined) throw error;
      return this.#interruption;
    } finally {
      this.#cycle.release();
      this.#deps.following(false);
    }
  }

  async #follow(signal: AbortSignal): Promise<ReflectorFailure> {
    if (this.#options.watchList) {
      const streamed = await this.#streams.read(signal);
      if (streamed.type === "streamed") return this.#watch(signal, streamed.run);
      if (streamed.type === "failed") return streamed.failure;
    }
    const listed = await this.#lists.read(signal);
    if (listed.type === "failed") return listed.failure;
    this.#publish(listed.objects, listed.resourceVersion);
    signal.throwIfAborted();
    return this.#watch(signal);
  }

  /** @param ended the watch that began as a watch-list */
  async #watch(signal: AbortSignal, ended?: WatchRun): Promise<ReflectorFailure> {
    for (let run = ended ?? (await this.#openWatch(signal)); ; run = await this.#openWatch(signal)) {
      const verdict = this.#judge(run);
      if (verdict.type === "relist") return verdict.failure;
      if (verdict.type === "reopenLater") await this.#wait(verdict.failure, signal);
    }
  }

  #judge(run: WatchRun): WatchVerdict {
    const verdict = judgeWatch(run);
    const isInternal = verdict.type === "relist" && INTERNAL.has(verdict.failure.kind);
    if (!isInternal || !this.#internalErrors.mayReopen()) return verdict;
    this.#status.failed(verdict.failure, 0);
    return { type: "reopen" };
  }

  async #openWatch(signal: AbortSignal): Promise<WatchRun> {
    const { clock } = this.#deps;
    const earlyMs = this.#watchOpenedAt + MIN_WATCH_INTERVAL_MS - clock.monotonic();
    if (earlyMs > 0) await sleep(clock, earlyMs, signal);
    const query = { resourceVersion: this.#position.watchFrom, timeoutSeconds: this.#watchSeconds() };
    return runWatch({ clock, client: this.#watcher }, query, this.#liveEvents(), signal);
  }

  #streamLister(): StreamLister {
    const { clock, watchLists } = this.#deps;
    return new StreamLister({
      clock,
      client: this.#watcher,
      watchLists,
      memory: this.#memory,
      position: this.#position,
      resource: this.#scope.resource,
      watchSeconds: () => this.#watchSeconds(),
      belongs: (object) => this.#belongs(object),
      complete: (objects, resourceVersion) => this.#publish(objects, resourceVersion),
      live: () => this.#liveEvents(),
      failed: (failure) => this.#status.failed(failure, 0),
    });
  }

  #liveEvents(): LiveEvents {
    return new LiveEvents({
      memory: this.#memory,
      push: (delta) => this.#push(delta),
      position: this.#position,
      belongs: (object) => this.#belongs(object),
      opened: () => this.#status.move({ type: "watch" }),
      skipped: (reason) => this.#deps.observe({ type: "frameSkipped", reason }),
    });
  }

  #publish(objects: readonly RawObject[], resourceVersion: string): void {
    const { namespace } = this.#scope;
    if (!this.#push({ type: "replacedAll", namespace, objects, resourceVersion })) return;
    this.#position.reset(resourceVersion);
    this.#status.move({ type: "sync" });
    this.#deps.following(true);
  }

  /** False if that has led to a relist. */
  #push(delta: Delta): boolean {
    this.#deps.deltas.push(delta);
    return this.#interruption === undefined;
  }

  async #wait(failure: ReflectorFailure, signal: AbortSignal): Promise<void> {
    const waitMs = this.#backoff.next();
    this.#status.failed(failure, waitMs);
    await sleep(this.#deps.clock, waitMs, signal);
  }

  #watchSeconds(): number {
    return Math.floor(this.#options.minWatchSeconds * (1 + this.#deps.random()));
  }

  #admit(scanned: ScannedObject): RawObject | undefined {
    try {
      return this.#deps.memory.admit(scanned);
    } catch (error) {
      this.relist(storeFailed(error));
      return undefined;
    }
  }

  #belongs(object: ScannedObject): boolean {
    const reason = foreignness(object, this.#scope.resource);
    if (reason !== undefined) this.#deps.observe({ type: "frameSkipped", reason });
    return reason === undefined;
  }
}

const INTERNAL: ReadonlySet<FailureKind> = new Set<FailureKind>(["internal-error", "malformed"]);
