import type {
  ListPage,
  ListQuery,
  ListWatchClient,
  WatchEnd,
  WatchEventType,
  WatchQuery,
  WatchSink,
} from "#kubernetes/list-watch.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { scanned, type KubernetesObject } from "./objects.ts";

type ListAnswer =
  | { readonly type: "page"; readonly items: readonly ScannedObject[]; readonly page: ListPage }
  | RequestFailure;

interface PendingList {
  readonly signal: AbortSignal;
  readonly item: (object: ScannedObject) => void;
  readonly resolve: (answer: ListPage | RequestFailure) => void;
}

/** An API server whose answers the test writes. Lists wait for an answer; watches stay open until the test ends them. */
export class ScriptedListWatch implements ListWatchClient {
  /** Every request in order, for example `LIST rv=10 limit=500`, `LIST continue=c1`, `WATCH rv=10`, `WATCH-LIST rv=`. */
  readonly requests: string[] = [];
  readonly watchQueries: WatchQuery[] = [];
  readonly watches: ScriptedWatch[] = [];
  readonly #answers: ListAnswer[] = [];
  readonly #pending: PendingList[] = [];
  readonly #watchEnds: RequestFailure[] = [];

  /** The next list that is not yet answered shows these objects. */
  answerList(objects: readonly KubernetesObject[], resourceVersion: string, next?: string): this {
    return this.#answer({
      type: "page",
      items: objects.map(scanned),
      page: { type: "page", resourceVersion, continue: next },
    });
  }

  failList(...failures: readonly RequestFailure[]): this {
    for (const failure of failures) this.#answer(failure);
    return this;
  }

  /** The next watches are not opened but fail. */
  refuseWatch(...failures: readonly RequestFailure[]): this {
    this.#watchEnds.push(...failures);
    return this;
  }

  /** The watch that was opened last. */
  get lastWatch(): ScriptedWatch {
    const last = this.watches.at(-1);
    if (!last) throw new Error("no watch was opened");
    return last;
  }

  list(
    query: ListQuery,
    item: (object: ScannedObject) => void,
    signal: AbortSignal,
  ): Promise<ListPage | RequestFailure> {
    this.requests.push(describeList(query));
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      this.#pending.push({ item, resolve, signal });
      this.#match();
    });
  }

  watch(query: WatchQuery, sink: WatchSink, signal: AbortSignal): Promise<WatchEnd> {
    this.requests.push(`${query.sendInitialEvents ? "WATCH-LIST" : "WATCH"} rv=${query.resourceVersion}`);
    this.watchQueries.push(query);
    const failure = this.#watchEnds.shift();
    if (failure) return Promise.resolve({ type: "failed", opened: false, failure });
    const watch = new ScriptedWatch(sink, signal);
    this.watches.push(watch);
    return watch.ended;
  }

  #answer(answer: ListAnswer): this {
    this.#answers.push(answer);
    this.#match();
    return this;
  }

  #match(): void {
    if (this.#pending.length === 0 || this.#answers.length === 0) return;
    const list = this.#pending.shift();
    if (!list || list.signal.aborted) return this.#match();
    const answer = this.#answers.shift();
    if (!answer) return;
    if (answer.type !== "page") return list.resolve(answer);
    for (const item of answer.items) list.item(item);
    list.resolve(answer.page);
  }
}

/** One open watch. */
export class ScriptedWatch {
  readonly ended: Promise<WatchEnd>;
  readonly #sink: WatchSink;
  readonly #resolve: (end: WatchEnd) => void;
  /** How often the informer ended it. */
  aborts = 0;

  constructor(sink: WatchSink, signal: AbortSignal) {
    const { promise, resolve, reject } = Promise.withResolvers<WatchEnd>();
    this.#sink = sink;
    this.#resolve = resolve;
    this.ended = promise;
    const abort = (): void => {
      this.aborts += 1;
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
  }

  opened(): void {
    this.#sink.opened();
  }

  event(type: WatchEventType, object: ScannedObject): void {
    this.#sink.event(type, object);
  }

  added(...objects: readonly KubernetesObject[]): void {
    for (const object of objects) this.#sink.event("ADDED", scanned(object));
  }

  modified(...objects: readonly KubernetesObject[]): void {
    for (const object of objects) this.#sink.event("MODIFIED", scanned(object));
  }

  deleted(...objects: readonly KubernetesObject[]): void {
    for (const object of objects) this.#sink.event("DELETED", scanned(object));
  }

  bookmark(resourceVersion: string): void {
    this.#sink.bookmark(resourceVersion, false);
  }

  /** The end of a watch-list's initial events. */
  initialEventsEnd(resourceVersion: string): void {
    this.#sink.bookmark(resourceVersion, true);
  }

  unknown(type: string, resourceVersion: string): void {
    this.#sink.unknown(type, resourceVersion);
  }

  close(): void {
    this.#resolve({ type: "closed" });
  }

  /** An ERROR event, or an unreadable frame. */
  fail(failure: RequestFailure): void {
    this.#resolve({ type: "failed", opened: true, failure });
  }
}

function describeList({ resourceVersion, limit, continue: token }: ListQuery): string {
  const parts = [
    resourceVersion === undefined ? "" : ` rv=${resourceVersion}`,
    limit === undefined ? "" : ` limit=${limit}`,
    token === undefined ? "" : ` continue=${token}`,
  ];
  return `LIST${parts.join("")}`;
}

/** A failure with a `Status`. */
export function status(code: number, reason = "", more: Partial<StatusFailure> = {}): StatusFailure {
  return {
    type: "status",
    code,
    reason,
    message: reason || `status ${code}`,
    causes: [],
    retryAfterSeconds: undefined,
    ...more,
  };
}

type StatusFailure = Extract<RequestFailure, { type: "status" }>;

export const refused: RequestFailure = { type: "unreachable", code: "ECONNREFUSED", message: "connection refused" };

export const expired = status(410, "Expired");
