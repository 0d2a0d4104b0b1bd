import type { ApiResource } from "#resources/api-resource.ts";
import { isHistoryLost, type ReflectorFailure } from "./reflector-failure.ts";
import type { ReflectorPosition } from "./reflector-position.ts";
import type { WatchListMemory } from "./watch-list-memory.ts";
import { streamList, type WatchListDeps, type WatchListResult } from "./watch-list.ts";
import type { WatchRun } from "./watch-run.ts";

export interface StreamListerDeps extends WatchListDeps {
  readonly resource: ApiResource;
  readonly position: ReflectorPosition;
  readonly watchLists: WatchListMemory;
  /** How long the server is asked to keep the stream, in seconds. */
  readonly watchSeconds: () => number;
  /** Told of a failure after which a list is tried at once. */
  readonly failed: (failure: ReflectorFailure) => void;
}

export type StreamListResult =
  /** The complete state was handed over, and the stream was a watch to its end. */
  | { readonly type: "streamed"; readonly run: WatchRun }
  /** A list would meet the same: try again later. */
  | { readonly type: "failed"; readonly failure: ReflectorFailure }
  /** It does not work here: list. */
  | { readonly type: "unusable" };

/** Takes complete states of one scope by watch-list, where that works. */
export class StreamLister {
  readonly #deps: StreamListerDeps;

  constructor(deps: StreamListerDeps) {
    this.#deps = deps;
  }

  async read(signal: AbortSignal): Promise<StreamListResult> {
    const { resource, position, watchLists, failed } = this.#deps;
    if (!watchLists.isWorthTrying(resource)) return { type: "unusable" };
    let result = await this.#open(signal);
    if (result.type === "failed" && isHistoryLost(result.failure.kind)) {
      position.loseHistory();
      result = await this.#open(signal);
    }
    if (result.type === "streamed") return result;
    if (isBusyOrAway(result.failure) || isHistoryLost(result.failure.kind)) return result;
    if (isRefusal(result.failure)) watchLists.failed(resource);
    failed(result.failure);
    return { type: "unusable" };
  }

  #open(signal: AbortSignal): Promise<WatchListResult> {
    const { position, watchSeconds } = this.#deps;
    return streamList(this.#deps, { resourceVersion: position.streamFrom, timeoutSeconds: watchSeconds() }, signal);
  }
}

function isBusyOrAway({ kind }: ReflectorFailure): boolean {
  return kind === "too-many-requests" || kind === "refused";
}

function isRefusal({ kind }: ReflectorFailure): boolean {
  return kind === "rejected" || kind === "incomplete-watch-list";
}
