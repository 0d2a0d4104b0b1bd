/** The one handler that is asked for, loaded as the runtime would load it. */
import { realpath } from "node:fs/promises";
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import { nearestName } from "#handler-api/nearest-name.ts";
import type { Clock } from "#kernel/clock.ts";
import { createBundler } from "#loader/build/bundler.ts";
import { createFileLoader, type FileOutcome } from "#loader/file-loader.ts";
import { handlerIdOf, listHandlerFiles } from "#loader/directory/handler-files.ts";
import type { Inspect } from "#loader/inspect.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { handlerIdFrom } from "../handler-id.ts";
import type { InvokeRequest } from "./invoke-request.ts";

export type FoundHandler =
  | { readonly type: "found"; readonly revision: Revision }
  | { readonly type: "notLoaded"; readonly problems: readonly Problem[] }
  | { readonly type: "failed"; readonly message: string };

export async function findHandler(
  { clock, inspect }: { readonly clock: Clock; readonly inspect: Inspect },
  request: Pick<InvokeRequest, "handler" | "cwd" | "directory">,
  signal: AbortSignal,
): Promise<FoundHandler> {
  const { directory } = request;
  const root = await realpath(directory).catch(() => undefined);
  if (root === undefined) {
    return failed(
      `Cannot read handlers directory "${directory}": no such directory. Name another one with --handlers.`,
    );
  }
  const { files } = await listHandlerFiles(root);
  const wanted = await handlerIdFrom(request.handler, request.cwd, root);
  const own = files.filter((file) => handlerIdOf(file) === wanted.replace(/#.*$/, ""));
  const bundle = createBundler({ root, handlerApi: HANDLER_API, inSandbox: IN_SANDBOX_MODULES });
  const loader = createFileLoader({ clock, bundle, inspect });
  // The option `name` gives a handler another id than its file has.
  const bundled = await loader.bundle(own.length > 0 ? own : files);
  const seenAt = clock.monotonic();
  const outcomes = await Promise.all(Array.from(bundled.values(), (one) => loader.inspect(one, seenAt, signal)));
  return choose(outcomes, wanted, own.length > 0, directory);
}

function choose(outcomes: readonly FileOutcome[], wanted: string, isOfFile: boolean, directory: string): FoundHandler {
  const revisions = outcomes.flatMap((outcome) => (outcome.type === "loaded" ? outcome.revisions : []));
  const [only, second] = revisions;
  const exact = revisions.find(({ handler }) => handler === wanted);
  if (exact) return { type: "found", revision: exact };
  if (isOfFile) {
    const problems = outcomes.flatMap((outcome) => (outcome.type === "failed" ? outcome.problems : []));
    if (problems.length > 0) return { type: "notLoaded", problems };
    if (only && !second && !wanted.includes("#")) return { type: "found", revision: only };
  }
  const ids = revisions.map(({ handler }) => handler);
  if (isOfFile) return failed(`Cannot invoke "${wanted}": its file has ${list(ids)}. Name one of them.`);
  const nearest = nearestName(wanted, ids);
  const hint =
    nearest === undefined ? `There is ${ids.length === 0 ? "none" : list(ids)}.` : `Did you mean "${nearest}"?`;
  return failed(`Cannot invoke "${wanted}": there is no such handler in "${directory}". ${hint}`);
}

const LISTED = 10;

function list(ids: readonly string[]): string {
  const more = ids.length > LISTED ? ` and ${ids.length - LISTED} more` : "";
  return `${ids
    .slice(0, LISTED)
    .map((id) => `"${id}"`)
    .join(", ")}${more}`;
}

function failed(message: string): FoundHandler {
  return { type: "failed", message };
}
