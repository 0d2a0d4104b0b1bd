import type { IndexedReader } from "#informer/store/lister.ts";
import type { RawObject } from "#resources/raw-object.ts";

/** The part of a cache that `isVisible`. */
export function narrowedReader(reader: IndexedReader, isVisible: (object: RawObject) => boolean): IndexedReader {
  return {
    get size() {
      return Iterator.from(reader.values()).reduce((count, object) => count + (isVisible(object) ? 1 : 0), 0);
    },
    get(key) {
      const object = reader.get(key);
      return object && isVisible(object) ? object : undefined;
    },
    values: () => Iterator.from(reader.values()).filter(isVisible),
    hasIndex: (name) => reader.hasIndex(name),
    byIndex: (name, value) => reader.byIndex(name, value).filter(isVisible),
    walkIndex: (name, value) => Iterator.from(reader.walkIndex(name, value)).filter(isVisible),
  };
}
