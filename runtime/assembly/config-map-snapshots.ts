/**
 * Handlers in ConfigMaps that are watched through the API: what kubelet mounts after a minute is here within a moment.
 * Each key is a file; where there may be several maps, each is a folder. It never writes to a map.
 */
import type { CacheReader } from "#informer/notification.ts";
import type { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { fieldOf, isRecord } from "#kernel/json-value.ts";
import { unlessAborted } from "#kernel/unless-aborted.ts";
import type { Snapshot, SnapshotSource } from "#loader/snapshots/snapshot.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { parseObject, type RawObject } from "#resources/raw-object.ts";
import type { ConfigMapChoice } from "./config-map-choice.ts";

export class ConfigMapSnapshots implements SnapshotSource {
  readonly #factory: SharedInformerFactory;
  readonly #choice: ConfigMapChoice;

  constructor(factory: SharedInformerFactory, choice: ConfigMapChoice) {
    this.#factory = factory;
    this.#choice = choice;
  }

  async *snapshots(signal: AbortSignal): AsyncGenerator<Snapshot> {
    const { namespace, fieldSelector, labelSelector } = this.#choice;
    const scope = { resource: CONFIG_MAPS, namespaces: [namespace], fieldSelector, labelSelector };
    const share = this.#factory.acquire(scope);
    const { informer } = share;
    let changed = Promise.withResolvers<void>();
    const unfollow = informer.follow(() => changed.resolve());
    try {
      await unlessAborted(informer.synced, signal);
      while (!signal.aborted) {
        changed = Promise.withResolvers();
        yield snapshotOf(informer.cache, this.#choice);
        await unlessAborted(changed.promise, signal);
      }
    } finally {
      unfollow();
      share.release();
    }
  }
}

const CONFIG_MAPS = configMaps();

function configMaps() {
  const found = builtInResources.find(({ group, plural }) => group === "" && plural === "configmaps");
  if (!found) throw new Error("Cannot find ConfigMaps among the built-in resources");
  return found;
}

/** Read in one tick. */
function snapshotOf(cache: CacheReader, choice: ConfigMapChoice): Snapshot {
  const maps = [...cache.values()].map((object) => ({ name: object.name, ...filesIn(object) }));
  return {
    version: maps.map(({ name, resourceVersion }) => `${name}@${resourceVersion}`).join(" "),
    files: new Map(
      maps.flatMap(({ name, files }) => files.map(([key, content]) => [choice.fileOf(name, key), content])),
    ),
  };
}

interface ConfigMapFiles {
  readonly resourceVersion: string;
  readonly files: readonly (readonly [key: string, content: Uint8Array])[];
}

function filesIn(object: RawObject): ConfigMapFiles {
  const map = parseObject(object);
  return {
    resourceVersion: object.resourceVersion,
    files: [...entriesOf(map, "data", "utf8"), ...entriesOf(map, "binaryData", "base64")],
  };
}

function entriesOf(map: unknown, member: string, encoding: BufferEncoding): (readonly [string, Uint8Array])[] {
  const entries = fieldOf(map, member);
  if (!isRecord(entries)) return [];
  return Object.entries(entries).map(([key, text]) => [key, Buffer.from(String(text), encoding)]);
}
