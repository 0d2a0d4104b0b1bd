/** `lister` and `listers.<name>`: which cache a method reads, and what of it the handler may see. */
import { parseLabelSelector } from "#resources/label-selector.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { CacheRead, type ReadName } from "./cache-read.ts";
import { narrowedReader } from "./narrowed-reader.ts";
import type { BrokeredHandler, EventKey, ResourceCache } from "../ports.ts";

type Read = (args: readonly unknown[], event: EventKey) => Uint8Array | string;

const READ_NAMES: readonly ReadName[] = ["get", "list", "byIndex", "count"];

/** Finds the read that a method names: `lister.get`, `listers.pods.list`. */
export function createCacheReads(handler: BrokeredHandler): (method: string) => Read | undefined {
  const reads = new Map([["lister", new CacheRead("lister", handler.cache, handler.options.indexes)]]);
  for (const [name, cache] of Object.entries(handler.listers)) {
    const path = `listers.${name}`;
    reads.set(path, new CacheRead(path, narrowed(cache, handler, name), {}));
  }
  return (method) => {
    const dot = method.lastIndexOf(".");
    const read = reads.get(method.slice(0, dot));
    const name = READ_NAMES.find((name) => name === method.slice(dot + 1));
    return read && name && ((args, event) => read[name](args, event));
  };
}

/** What the handler's options leave of one of its further caches. */
function narrowed({ resource, reader }: ResourceCache, { options }: BrokeredHandler, name: string): ResourceCache {
  const selector = parseLabelSelector(options.listers[name]?.labelSelector ?? "");
  const namespaces = resource.namespaced && options.namespaces ? new Set(options.namespaces) : undefined;
  if (selector.isEverything && !namespaces) return { resource, reader };
  const isVisible = ({ namespace, labels }: RawObject): boolean =>
    (namespaces?.has(namespace) ?? true) && selector.matches(labels);
  return { resource, reader: narrowedReader(reader, isVisible) };
}
