/**
 * What handlers would find in a cluster: the kinds they name, how many events come first, what their caches take, and which
 * rights are missing. It lists and asks; it changes nothing and watches nothing. `check` calls it.
 */
import type { Cluster } from "#kubernetes/cluster.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { resourceName } from "#resources/api-resource.ts";
import { idleEntries } from "../idle-entries.ts";
import { rightsOfHandler } from "../manifests/rights.ts";
import { findNamed } from "./find-named.ts";
import { createHandlerCensus, type HandlerCensus } from "./handler-census.ts";
import { createFindMissing, type FindMissing, missingReason } from "./missing-rights.ts";

export type Preview =
  | {
      readonly type: "previewed";
      /** The API server's URL. */
      readonly server: string;
      readonly handlers: readonly HandlerPreview[];
      /** Of all caches together: handlers share those of one resource. */
      readonly cached: Cached;
      readonly problems: readonly Problem[];
      readonly warnings: readonly Problem[];
    }
  | { readonly type: "failed"; readonly message: string };

export interface HandlerPreview {
  readonly handler: string;
  /** Its full name in the cluster. `undefined`: there is none. */
  readonly resource: string | undefined;
  /** `undefined`: they could not be counted. */
  readonly initialEvents: InitialEvents | undefined;
  /** Of its resource and its listers. `undefined`: they could not be counted. */
  readonly cached: Cached | undefined;
}

export interface InitialEvents {
  readonly count: number;
  /** `when` decides about each of them: there may be fewer runs. */
  readonly isAtMost: boolean;
}

export interface Cached {
  readonly objects: number;
  /** An estimate: the objects of one page are measured. */
  readonly bytes: number;
}

export interface PreviewRequest {
  readonly cluster: Pick<Cluster, "server" | "catalog" | "objects" | "listWatch">;
  readonly revisions: readonly Revision[];
  /** What handlers watch that name no namespaces. `undefined`: all. */
  readonly namespace: string | undefined;
}

export async function previewHandlers(request: PreviewRequest, signal: AbortSignal): Promise<Preview> {
  const { cluster, revisions } = request;
  const census = createHandlerCensus((scope) => cluster.listWatch(scope), request.namespace);
  const findMissing = createFindMissing(cluster.objects);
  const handlers: HandlerPreview[] = [];
  const notes: Notes = { problems: [], warnings: [] };
  for (const revision of revisions) {
    const previewed = await previewHandler({ ...request, census, findMissing }, revision, notes, signal);
    if (previewed.type === "failed") return previewed;
    handlers.push(previewed.preview);
  }
  return {
    type: "previewed",
    server: cluster.server,
    handlers,
    cached: census.all(),
    problems: onlyOnce(notes.problems),
    warnings: onlyOnce(notes.warnings),
  };
}

interface Asking extends PreviewRequest {
  readonly census: HandlerCensus;
  readonly findMissing: FindMissing;
}

interface Notes {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

type Previewed =
  | { readonly type: "previewed"; readonly preview: HandlerPreview }
  | { readonly type: "failed"; readonly message: string };

async function previewHandler(
  { cluster, namespace, census, findMissing }: Asking,
  revision: Revision,
  { problems, warnings }: Notes,
  signal: AbortSignal,
): Promise<Previewed> {
  const { server } = cluster;
  const { handler, file, options } = revision;
  const found = await findNamed(cluster, options, signal);
  if (found.type === "failed") return found;
  const { resources } = found;
  problems.push(...found.problems.map((reason) => problemOfFile(file, reason)));
  warnings.push(...found.warnings.map((reason) => problemOfFile(file, reason)));
  warnings.push(...idleEntries(revision, (name) => resources.get(name)));
  const rights = await findMissing(rightsOfHandler(options, resources, namespace), signal);
  if (rights.type === "failed") {
    const fact = describeFailure(rights.failure, { server, action: "ask for rights" });
    warnings.push(problemOfFile(file, `rights are not checked. ${fact}`));
  } else {
    const known = [...resources.values()];
    problems.push(...rights.missing.map((right) => problemOfFile(file, missingReason(right, known))));
  }
  const own = resources.get(options.resource);
  const preview = { handler, resource: own && resourceName(own) };
  if (!own || found.problems.length > 0) {
    return { type: "previewed", preview: { ...preview, initialEvents: undefined, cached: undefined } };
  }
  const counted = await census.of(options, resources, signal);
  if (counted.type === "counted") {
    const { initialEvents, cached } = counted;
    return { type: "previewed", preview: { ...preview, initialEvents, cached } };
  }
  // A missing right to list is a problem of its own, with its cure.
  if (counted.failure.type !== "status" || counted.failure.code !== 403) {
    const action = `count ${resourceName(own)}`;
    warnings.push(problemOfFile(file, describeFailure(counted.failure, { server, action })));
  }
  return { type: "previewed", preview: { ...preview, initialEvents: undefined, cached: undefined } };
}

/** Handlers of one file say the same. */
function onlyOnce(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.file} ${problem.reason}`, problem])).values()];
}
