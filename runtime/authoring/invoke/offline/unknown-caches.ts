import type { ResourceCache } from "#broker/ports.ts";
import type { IndexedReader } from "#informer/store/lister.ts";
import type { Revision } from "#loader/revision.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import type { FilledCaches } from "./fill-caches.ts";
import { NoClusterError } from "./no-cluster-error.ts";

/** Of which nobody knows what is in them: whoever reads them is told so. */
export function unknownCaches({ options }: Pick<Revision, "options">, resource: ApiResource): FilledCaches {
  const cache: ResourceCache = { resource, reader: UNKNOWN };
  return {
    type: "filled",
    cache,
    listers: Object.fromEntries(Object.keys(options.listers).map((name) => [name, cache])),
    warnings: [],
    show: () => {},
  };
}

function unknown(): never {
  throw new NoClusterError("read the cache", "Give what it holds with --cache FILE");
}

const UNKNOWN: IndexedReader = {
  get size() {
    return unknown();
  },
  get: unknown,
  values: unknown,
  hasIndex: () => true,
  byIndex: unknown,
  walkIndex: unknown,
};
