/** How many objects there are, and what a cache of them takes: one page is read, the rest is counted. */
import type { ListWatchScope } from "#kubernetes/clients/http-list-watch.ts";
import type { ListWatchClient } from "#kubernetes/list-watch.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";

/** Of one resource in some namespaces, as one informer has it. */
export interface CountedScope {
  readonly resource: ListWatchScope["resource"];
  /** `undefined`: the whole cluster. */
  readonly namespaces: readonly string[] | undefined;
  readonly labelSelector: string;
  readonly fieldSelector: string;
}

export interface Census {
  readonly type: "counted";
  readonly objects: number;
  /** Estimated from a page of objects. */
  readonly bytes: number;
}

export type Lists = (scope: ListWatchScope) => ListWatchClient;

/** client-go's page (`tools/pager`). */
const PAGE = 500;
/** The cache keeps an object's JSON in units of this size (informer: `UNIT_BYTES`). */
const UNIT_BYTES = 64;
/** Its keys, labels and place in the JavaScript heap: measured for pods, 0.4 KB. */
const HEADER_BYTES = 400;

/** What a cache of the scope holds. */
export async function countCached(
  lists: Lists,
  scope: CountedScope,
  signal: AbortSignal,
): Promise<Census | RequestFailure> {
  const sample = { objects: 0, bytes: 0 };
  const objects = await sumOver(scope, async (query) => {
    let own = 0;
    const page = await lists(query).list(
      { limit: PAGE },
      ({ byteLength }) => {
        own++;
        sample.objects++;
        sample.bytes += Math.ceil(byteLength / UNIT_BYTES) * UNIT_BYTES + HEADER_BYTES;
      },
      signal,
    );
    if (page.type !== "page") return page;
    if (page.continue === undefined) return own;
    if (page.remaining !== undefined) return own + page.remaining;
    return countPages(lists(withoutBodies(query)), () => true, signal);
  });
  if (typeof objects !== "number") return objects;
  const mean = sample.objects === 0 ? 0 : sample.bytes / sample.objects;
  return { type: "counted", objects, bytes: Math.round(mean * objects) };
}

/** How many objects of the scope have a name that fits. Reads their metadata only. */
export async function countNamed(
  lists: Lists,
  scope: CountedScope,
  fits: (name: string) => boolean,
  signal: AbortSignal,
): Promise<number | RequestFailure> {
  return sumOver(scope, (query) => countPages(lists(withoutBodies(query)), ({ name }) => fits(name), signal));
}

async function sumOver(
  { namespaces = [""], ...scope }: CountedScope,
  count: (query: ListWatchScope) => Promise<number | RequestFailure>,
): Promise<number | RequestFailure> {
  let sum = 0;
  for (const namespace of namespaces) {
    const counted = await count({ ...scope, namespace });
    if (typeof counted !== "number") return counted;
    sum += counted;
  }
  return sum;
}

function withoutBodies(query: ListWatchScope): ListWatchScope {
  return { ...query, onlyMetadata: true };
}

async function countPages(
  list: ListWatchClient,
  counts: (object: ScannedObject) => boolean,
  signal: AbortSignal,
): Promise<number | RequestFailure> {
  let count = 0;
  let next: string | undefined;
  do {
    const page = await list.list(
      { limit: PAGE, continue: next },
      (object) => {
        if (counts(object)) count++;
      },
      signal,
    );
    if (page.type !== "page") return page;
    next = page.continue;
  } while (next !== undefined);
  return count;
}
