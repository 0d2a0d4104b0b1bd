import type { ListPage, ListQuery, ListWatchClient } from "#kubernetes/list-watch.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import { failureKind } from "./reflector-failure.ts";
import type { Snapshot } from "./snapshot.ts";

export type ListResult =
  | {
      readonly type: "listed";
      /** Of the first page: later pages show the same state. */
      readonly resourceVersion: string;
      readonly paginated: boolean;
    }
  | RequestFailure;

/**
 * Reads all pages of a list into `snapshot` (client-go: tools/pager/pager.go).
 * If the server forgets the state between two pages, everything is read once more in a single page.
 */
export async function listPages(
  client: ListWatchClient,
  query: Pick<ListQuery, "resourceVersion" | "limit">,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<ListResult> {
  const read = (page: ListQuery): Promise<ListPage | RequestFailure> => {
    signal.throwIfAborted();
    return client.list(page, (object) => snapshot.add(object), signal);
  };

  const first = await read(query);
  if (first.type !== "page") return first;
  let next = first.continue;
  while (next !== undefined) {
    const page = await read({ limit: query.limit, continue: next });
    if (page.type === "page") next = page.continue;
    else if (failureKind(page) === "expired") return readWhole(query.resourceVersion, read, snapshot);
    else return page;
  }
  return { type: "listed", resourceVersion: first.resourceVersion, paginated: first.continue !== undefined };
}

async function readWhole(
  resourceVersion: string | undefined,
  read: (query: ListQuery) => Promise<ListPage | RequestFailure>,
  snapshot: Snapshot,
): Promise<ListResult> {
  snapshot.discard();
  const page = await read({ resourceVersion });
  if (page.type !== "page") return page;
  return { type: "listed", resourceVersion: page.resourceVersion, paginated: true };
}
