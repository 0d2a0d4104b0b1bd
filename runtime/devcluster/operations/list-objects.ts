import { StatusError } from "../api-status.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { expired } from "./api-errors.ts";
import type { ListOptions, ObjectList, Target } from "./api-operations.ts";
import { formatContinueToken, readContinueToken } from "./continue-token.ts";
import { requestedRevision } from "./resource-version.ts";
import { selectionOf } from "./selection.ts";
import type { ServedObjects } from "./served-object.ts";
import { keyOf } from "../api-object.ts";

/** One page, consistent with the pages before it. Throws 400 for bad options, 410 for a revision that is forgotten. */
export function listObjects(
  { store, served }: { readonly store: ObjectStore; readonly served: ServedObjects },
  target: Target,
  options: ListOptions,
): ObjectList {
  const selection = selectionOf(target, options);
  const start = pageStart(store, options);
  const all = store.listAt(target.resource.storage, start.revision);
  const rest = all.filter((object) => selection.includes(object) && keyOf(object) > start.after);
  const items = options.limit > 0 ? rest.slice(0, options.limit) : rest;
  const last = items.at(-1);
  const hasMore = last !== undefined && items.length < rest.length;
  return {
    items: items.map((object) => served.of(target.resource, object)),
    resourceVersion: String(start.revision),
    continueToken: hasMore ? formatContinueToken({ revision: start.revision, after: keyOf(last) }) : undefined,
    // A selector makes counting the rest expensive for a real server.
    remainingItemCount: hasMore && selection.isUnfiltered ? rest.length - items.length : undefined,
  };
}

interface PageStart {
  readonly revision: number;
  /** Only what comes after this key. */
  readonly after: string;
}

function pageStart(store: ObjectStore, options: ListOptions): PageStart {
  if (options.continueToken !== "") return continuedPage(store, options);
  const { resourceVersion, resourceVersionMatch, limit } = options;
  refuseContradictions(options);
  if (resourceVersion === "" || resourceVersion === "0") return { revision: store.revision, after: "" };
  const revision = requestedRevision(resourceVersion, store);
  const isExact = resourceVersionMatch === "Exact" || (resourceVersionMatch === "" && limit > 0);
  if (!isExact) return { revision: store.revision, after: "" };
  if (revision < store.compactedTo) throw expired("The resourceVersion for the provided list is too old.");
  return { revision, after: "" };
}

function continuedPage(store: ObjectStore, { continueToken, resourceVersion }: ListOptions): PageStart {
  if (resourceVersion !== "" && resourceVersion !== "0")
    throw new StatusError(400, "BadRequest", "specifying resource version is not allowed when using continue");
  const token = readContinueToken(continueToken);
  if (token.revision === undefined) return { revision: store.revision, after: token.after };
  if (token.revision >= store.compactedTo) return { revision: token.revision, after: token.after };
  throw continueExpired(token.after);
}

/** The answer carries a token that goes on with what is so now, for who can do without consistency. */
function continueExpired(after: string): StatusError {
  const message =
    "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
  const error = expired(message);
  return Object.assign(error, {
    status: { ...error.status, metadata: { continue: formatContinueToken({ revision: undefined, after }) } },
  });
}

function refuseContradictions({ resourceVersion, resourceVersionMatch }: ListOptions): void {
  if (resourceVersionMatch === "") return;
  const problem = contradiction(resourceVersion, resourceVersionMatch);
  if (problem !== undefined)
    throw new StatusError(422, "Invalid", `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${problem}`, {
      group: "meta.k8s.io",
      kind: "ListOptions",
      causes: [{ reason: "FieldValueForbidden", message: problem, field: "resourceVersionMatch" }],
    });
}

function contradiction(version: string, match: string): string | undefined {
  if (version === "") return "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided";
  if (match === "Exact" && version === "0")
    return `Forbidden: resourceVersionMatch "Exact" is forbidden for resourceVersion "0"`;
  return undefined;
}
