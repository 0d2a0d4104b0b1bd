import type { StatusError } from "../../api-status.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { keyOf } from "../../api-object.ts";
import { badRequest, expired } from "../api-errors.ts";
import type { ListOptions, ObjectList, Target } from "../api-operations.ts";
import { formatContinueToken, readContinueToken } from "./continue-token.ts";
import { invalidRevision, isRevision, requireReached } from "./resource-version.ts";
import { selectionOf } from "./selection.ts";
import type { ServedObjects } from "../versions/served-objects.ts";

export interface ListParts {
  readonly store: ObjectStore;
  readonly served: ServedObjects;
  /** What is shown to who does not mind how old it is. */
  readonly staleRevision: () => number;
}

/** One page, consistent with the pages before it. Throws 400 for bad options, 410 for a forgotten revision. */
export function listObjects(parts: ListParts, target: Target, options: ListOptions): ObjectList {
  const selection = selectionOf(target, options);
  const { revision, after } = pageStart(parts, options);
  const key = keyWithin(target.namespace);
  const all = parts.store.listAt(target.resource.storage, revision);
  const rest = all.filter((object) => selection.includes(object) && key(keyOf(object)) > after);
  const items = rest.slice(0, limitOf(options) ?? rest.length);
  const last = items.at(-1);
  const hasMore = last !== undefined && items.length < rest.length;
  return {
    items: items.map((object) => parts.served.of(target.resource, object)),
    resourceVersion: String(revision),
    continueToken: hasMore ? formatContinueToken({ revision, after: key(keyOf(last)) }) : undefined,
    // A selector makes counting the rest expensive for a real server.
    remainingItemCount: hasMore && selection.isUnfiltered ? rest.length - items.length : undefined,
  };
}

/** A real server answers from its cache then, and in one piece. */
function limitOf({ limit, resourceVersion }: ListOptions): number | undefined {
  return limit > 0 && resourceVersion !== "0" ? limit : undefined;
}

/** Keys in continue tokens begin below what the request lists. */
function keyWithin(namespace: string): (key: string) => string {
  return namespace === "" ? (key) => key : (key) => key.slice(namespace.length + 1);
}

interface PageStart {
  readonly revision: number;
  /** Only what comes after this key. */
  readonly after: string;
}

function pageStart(parts: ListParts, options: ListOptions): PageStart {
  const { store } = parts;
  const { resourceVersion, resourceVersionMatch, limit, continueToken } = options;
  if (continueToken !== "") return continuedPage(store, options);
  if (resourceVersion === "") return { revision: store.revision, after: "" };
  if (!isRevision(resourceVersion)) throw badRequest(`invalid resource version: ${invalidRevision(resourceVersion)}`);
  const revision = Number(resourceVersion);
  if (revision === 0) return { revision: parts.staleRevision(), after: "" };
  requireReached(revision, store);
  const isExact = resourceVersionMatch === "Exact" || (resourceVersionMatch === "" && limit > 0);
  if (!isExact) return { revision: store.revision, after: "" };
  if (revision < store.compactedTo) throw expired("The resourceVersion for the provided list is too old.");
  return { revision, after: "" };
}

function continuedPage(store: ObjectStore, { continueToken, resourceVersion }: ListOptions): PageStart {
  if (resourceVersion !== "" && resourceVersion !== "0")
    throw badRequest("specifying resource version is not allowed when using continue");
  const { revision = store.revision, after } = readContinueToken(continueToken);
  requireReached(revision, store);
  if (revision < store.compactedTo) throw continueExpired(after);
  return { revision, after };
}

/** The answer carries a token that goes on with what is so now, for who can do without consistency. */
function continueExpired(after: string): StatusError {
  const metadata = { continue: formatContinueToken({ revision: undefined, after }) };
  const error = expired(CONTINUE_EXPIRED);
  return Object.assign(error, { status: { ...error.status, metadata } });
}

const CONTINUE_EXPIRED =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
