import type { ListWatchClient } from "#kubernetes/list-watch.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { listPages, type ListResult } from "./pager.ts";
import { failureKind, isHistoryLost, requestFailed, type ReflectorFailure } from "./reflector-failure.ts";
import type { ReflectorPosition } from "./reflector-position.ts";
import { Snapshot, type ObjectMemory } from "./snapshot.ts";

/** client-go: `defaultPageSize` in tools/pager/pager.go. */
const PAGE_SIZE = 500;

export interface SnapshotListerDeps {
  readonly client: ListWatchClient;
  readonly memory: ObjectMemory;
  readonly position: ReflectorPosition;
  /** Of every list. `undefined`: 500, and none where the server's cache answers. */
  readonly pageSize: number | undefined;
}

export type ListSnapshot =
  | { readonly type: "complete"; readonly objects: readonly RawObject[]; readonly resourceVersion: string }
  | { readonly type: "failed"; readonly failure: ReflectorFailure };

/** Reads complete states of one scope by LIST. */
export class SnapshotLister {
  readonly #deps: SnapshotListerDeps;
  /** The server cut a list from its cache into pages, so it has no such cache: without pages the answers could be huge. */
  #alwaysPaged = false;

  constructor(deps: SnapshotListerDeps) {
    this.#deps = deps;
  }

  /** Reads at the position or newer; once more, and consistently, where the server does not know the position. */
  async read(signal: AbortSignal): Promise<ListSnapshot> {
    const { memory, position } = this.#deps;
    const limit = this.#limitFor(position.listFrom);
    const snapshot = new Snapshot(memory);
    try {
      let result = await this.#list(limit, snapshot, signal);
      if (result.type !== "listed" && isHistoryLost(failureKind(result))) {
        position.loseHistory();
        snapshot.discard();
        result = await this.#list(limit, snapshot, signal);
      }
      if (result.type !== "listed") return { type: "failed", failure: requestFailed("list", result) };
      return { type: "complete", objects: snapshot.take(), resourceVersion: result.resourceVersion };
    } finally {
      snapshot.discard();
    }
  }

  async #list(limit: number | undefined, snapshot: Snapshot, signal: AbortSignal): Promise<ListResult> {
    const { client, position } = this.#deps;
    const resourceVersion = position.listFrom;
    const result = await listPages(client, { resourceVersion, limit }, snapshot, signal);
    signal.throwIfAborted();
    if (result.type === "listed" && result.paginated && resourceVersion === "0") this.#alwaysPaged = true;
    return result;
  }

  /** With a limit, a server answers a list at a resourceVersion from its database with the old state, without one from its cache with the newest. */
  #limitFor(resourceVersion: string | undefined): number | undefined {
    if (this.#deps.pageSize !== undefined) return this.#deps.pageSize;
    const isFirst = resourceVersion === undefined || resourceVersion === "0";
    return isFirst || this.#alwaysPaged ? PAGE_SIZE : undefined;
  }
}
