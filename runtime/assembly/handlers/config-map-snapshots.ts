/**
 * Handlers in ConfigMaps that are watched through the API: what kubelet mounts after a minute is here within a moment.
 * Each key is a file; where there may be several maps, each is a folder. It never writes to a map.
 */
import type { CacheReader } from "#informer/notification.ts";
import type { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { eachOnce } from "#kernel/each-once.ts";
import { fieldOf, isRecord } from "#kernel/json-value.ts";
import { unlessAborted } from "#kernel/unless-aborted.ts";
import type { ObjectReference } from "#kubernetes/event-recorder.ts";
import type { Snapshot, SnapshotSource } from "#loader/snapshots/snapshot.ts";
import { parseObject, type RawObject } from "#resources/raw-object.ts";
import { untilSynced } from "../caches/until-synced.ts";
import type { ConfigMapChoice } from "./config-map-choice.ts";

export interface ConfigMapSnapshotsDeps {
  readonly factory: Pick<SharedInformerFactory, "acquire">;
  /** Is told, once for each reason in a row, why the maps cannot be read yet. */
  readonly notRead: (reason: string) => void;
}

/** What has become of the handlers of a map is told after it has gone. */
const GONE_MAPS_KNOWN = 100;

export class ConfigMapSnapshots implements SnapshotSource {
  readonly #deps: ConfigMapSnapshotsDeps;
  readonly #choice: ConfigMapChoice;
  readonly #maps = new Map<string, ObjectReference>();

  constructor(deps: ConfigMapSnapshotsDeps, choice: ConfigMapChoice) {
    this.#deps = deps;
    this.#choice = choice;
  }

  /** The map that a file, or a handler by its id, comes from or came from; `undefined` if that is not known. */
  referenceTo(fileOrHandler: string): ObjectReference | undefined {
    return this.#maps.get(this.#choice.mapOf(fileOrHandler));
  }

  async *snapshots(signal: AbortSignal): AsyncGenerator<Snapshot> {
    const { resource, namespace, fieldSelector, labelSelector } = this.#choice;
    const scope = { resource, namespaces: [namespace], fieldSelector, labelSelector };
    const share = this.#deps.factory.acquire(scope);
    const { informer } = share;
    let changed = Promise.withResolvers<void>();
    const unfollow = informer.follow(() => changed.resolve());
    try {
      await untilSynced(informer, eachOnce(this.#deps.notRead), signal);
      let last: Snapshot | undefined;
      while (!signal.aborted) {
        changed = Promise.withResolvers();
        const snapshot = this.#read(informer.cache);
        if (!isSame(snapshot, last)) yield snapshot;
        last = snapshot;
        await unlessAborted(changed.promise, signal);
      }
    } finally {
      unfollow();
      share.release();
    }
  }

  #read(cache: CacheReader): Snapshot {
    const files = new Map<string, Uint8Array>();
    for (const object of cache.values()) {
      const { namespace, name, uid } = object;
      // The one that was seen last is the last one in order.
      this.#maps.delete(name);
      this.#maps.set(name, { apiVersion: "v1", kind: "ConfigMap", namespace, name, uid });
      for (const [key, content] of filesIn(object)) files.set(this.#choice.fileOf(name, key), content);
    }
    const forgotten = Math.max(0, this.#maps.size - cache.size - GONE_MAPS_KNOWN);
    for (const name of [...this.#maps.keys()].slice(0, forgotten)) this.#maps.delete(name);
    return { files };
  }
}

/** An annotation, for example, changes none of them. */
function isSame({ files }: Snapshot, last: Snapshot | undefined): boolean {
  if (files.size !== last?.files.size) return false;
  return files.entries().every(([file, content]) => {
    const before = last.files.get(file);
    return before !== undefined && Buffer.compare(before, content) === 0;
  });
}

/** Read in one tick. */
function filesIn(object: RawObject): (readonly [key: string, content: Uint8Array])[] {
  const map = parseObject(object);
  return [...entriesOf(map, "data", "utf8"), ...entriesOf(map, "binaryData", "base64")];
}

function entriesOf(map: unknown, member: string, encoding: BufferEncoding): (readonly [string, Uint8Array])[] {
  const entries = fieldOf(map, member);
  if (!isRecord(entries)) return [];
  return Object.entries(entries).map(([key, text]) => [key, Buffer.from(String(text), encoding)]);
}
