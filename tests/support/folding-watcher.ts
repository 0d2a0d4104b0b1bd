import assert from "node:assert/strict";
import type { ApiObject } from "#devcluster/api-object.ts";
import type {
  ApiOperations,
  ListOptions,
  Target,
  WatchEvent,
  WatchOptions,
} from "#devcluster/operations/api-operations.ts";
import { listOptions, watchOptions } from "./api-operations-rig.ts";

/** How a client begins: a list in pages and then a watch, or a watch that sends everything first. */
export type Beginning = "list" | "watch-list" | "revision-0";

/**
 * A client that keeps what a watch tells it, as informers do. It checks on its way that events fit what it has, and that
 * revisions rise.
 */
export class FoldingWatcher {
  readonly target: Target;
  readonly selector: string;
  readonly #operations: ApiOperations;
  readonly #beginning: Beginning;
  #objects = new Map<string, ApiObject>();
  /** Sent before the mark; they replace what was. */
  #initial: Map<string, ApiObject> | undefined;
  #revision: number | undefined;
  #stop: (() => void) | undefined;
  #since = 0;
  #heard: number[] = [];

  constructor(operations: ApiOperations, target: Target, selector: string, beginning: Beginning) {
    this.#operations = operations;
    this.target = target;
    this.selector = selector;
    this.#beginning = beginning;
  }

  get isConnected(): boolean {
    return this.#stop !== undefined;
  }

  /** Namespace, name and revision of each object that it believes in. */
  get state(): readonly string[] {
    return [...this.#objects.values()].map(line).sort();
  }

  /** The revisions that this connection has told, and those between which it has listened. */
  get session(): { readonly since: number; readonly until: number; readonly heard: readonly number[] } {
    return { since: this.#since, until: this.#revision ?? 0, heard: this.#heard };
  }

  /** Goes on where it was, if it was anywhere. */
  connect(pageSize: number): void {
    if (this.#revision === undefined) this.#begin(pageSize);
    else this.#watch({ resourceVersion: String(this.#revision) });
  }

  drop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #begin(pageSize: number): void {
    if (this.#beginning === "list") {
      this.#list(pageSize);
      this.#watch({ resourceVersion: String(this.#revision) });
      return;
    }
    this.#initial = new Map();
    const initial = this.#beginning === "watch-list" && {
      sendInitialEvents: true,
      resourceVersionMatch: "NotOlderThan",
    };
    this.#watch({ resourceVersion: this.#beginning === "watch-list" ? "" : "0", ...initial });
  }

  #list(limit: number): void {
    const options: Partial<ListOptions> = { labelSelector: this.selector, limit };
    this.#objects = new Map();
    for (let continueToken: string | undefined = ""; continueToken !== undefined;) {
      const page = this.#operations.list(this.target, listOptions({ ...options, continueToken }));
      for (const object of page.items) this.#objects.set(keyOf(object), object);
      this.#revision = Number(page.resourceVersion);
      continueToken = page.continueToken;
    }
  }

  #watch(options: Partial<WatchOptions>): void {
    this.#since = this.#revision ?? 0;
    this.#heard = [];
    let ended = false;
    const all = watchOptions({ labelSelector: this.selector, allowBookmarks: true, timeoutMs: 300_000, ...options });
    const stop = this.#operations.watch(this.target, all, {
      event: (event) => this.#hear(event),
      end: () => {
        ended = true;
        this.#stop = undefined;
      },
    });
    if (!ended) this.#stop = stop;
  }

  #hear(event: WatchEvent): void {
    if (event.type === "ERROR") {
      assert.equal(event.object["code"], 410);
      this.#revision = undefined;
      return;
    }
    const revision = Number(event.object.metadata.resourceVersion);
    if (event.type === "BOOKMARK") return this.#mark(revision);
    if (this.#initial) {
      assert.equal(event.type, "ADDED");
      this.#initial.set(keyOf(event.object), event.object);
      return;
    }
    assert.ok(revision > (this.#revision ?? 0), `${revision} comes after ${this.#revision}`);
    this.#revision = revision;
    this.#heard.push(revision);
    const key = keyOf(event.object);
    assert.equal(this.#objects.has(key), event.type !== "ADDED", `${event.type} ${key} fits what is known`);
    if (event.type === "DELETED") this.#objects.delete(key);
    else this.#objects.set(key, event.object);
  }

  #mark(revision: number): void {
    if (this.#initial) {
      this.#objects = this.#initial;
      this.#initial = undefined;
      this.#since = revision;
    }
    assert.ok(revision >= (this.#revision ?? 0), `bookmark ${revision} is not before ${this.#revision}`);
    this.#revision = revision;
  }
}

/** Namespace, name and revision. */
export function line(object: ApiObject): string {
  return `${keyOf(object)}@${object.metadata.resourceVersion}`;
}

function keyOf({ metadata: { namespace = "", name } }: ApiObject): string {
  return `${namespace}/${name}`;
}
