/** What the loader knows of one handler file, and what is new about it. */
import { isDeepStrictEqual } from "node:util";
import type { FileOutcome } from "../file-loader.ts";
import type { Problem, Revision } from "../revision.ts";
import type { Sources } from "../build/source-reads.ts";

/** A removal is told only after this: some editors save by deleting the file first. */
export const REMOVAL_DELAY_MS = 300;
/** A failure is told only after this, if nothing was saved since: a half-written file is no failure. */
export const FAILURE_DELAY_MS = 150;

export interface KnownFile {
  readonly sources: Sources;
  /** The last good ones. */
  readonly live: readonly Revision[];
  readonly failure: Failure | undefined;
  /** When a look first missed it. */
  readonly absentSince: number | undefined;
}

interface Failure {
  readonly problems: readonly Problem[];
  readonly since: number;
  readonly told: boolean;
}

/** When something that waits is due to be told. */
export function dueTimes({ absentSince, failure }: KnownFile): readonly number[] {
  if (absentSince !== undefined) return [absentSince + REMOVAL_DELAY_MS];
  return failure && !failure.told ? [failure.since + FAILURE_DELAY_MS] : [];
}

/** The same failure of the same sources was told already. */
export function failed(
  before: KnownFile | undefined,
  outcome: Extract<FileOutcome, { type: "failed" }>,
  now: number,
): KnownFile {
  const { problems, sources } = outcome;
  const last = before?.failure;
  const again = last && isDeepStrictEqual([last.problems, before.sources], [problems, sources]);
  const failure = again ? last : { problems, since: now, told: false };
  return { sources, live: before?.live ?? [], failure, absentSince: undefined };
}

/** A file that failed before is told whole, so that its handlers are known to be well again. */
export function newsOf(before: KnownFile | undefined, revisions: readonly Revision[]): readonly Revision[] {
  if (!before || before.failure) return revisions;
  const ids = new Map(before.live.map(({ handler, id }) => [handler, id]));
  return revisions.filter(({ handler, id }) => ids.get(handler) !== id);
}

/** The same code, of which other lines have become. */
export function movedFrom(before: KnownFile | undefined, revisions: readonly Revision[]): readonly Revision[] {
  if (!before || before.failure) return [];
  return revisions.filter(({ handler, id, bundle: { sourceMap } }) =>
    before.live.some((known) => known.handler === handler && known.id === id && known.bundle.sourceMap !== sourceMap),
  );
}

export function goneFrom(before: KnownFile | undefined, revisions: readonly Revision[]): string[] {
  const here = new Set(revisions.map(({ handler }) => handler));
  return (before?.live ?? []).flatMap(({ handler }) => (here.has(handler) ? [] : [handler]));
}

export function hasNews(before: KnownFile, outcome: FileOutcome): boolean {
  if (outcome.type === "failed") return true;
  return newsOf(before, outcome.revisions).length + goneFrom(before, outcome.revisions).length > 0;
}

/** A bundle's own hash cannot tell: the file's name is in it. */
export function isSame({ live, sources }: KnownFile, outcome: Extract<FileOutcome, { type: "loaded" }>): boolean {
  const hashes = (from: Sources): string[] => [...from.values()].sort();
  const options = (from: readonly Revision[]): unknown[] => from.map((revision) => revision.options);
  return (
    live.length === outcome.revisions.length &&
    live.length > 0 &&
    isDeepStrictEqual(hashes(sources), hashes(outcome.sources)) &&
    isDeepStrictEqual(options(live), options(outcome.revisions))
  );
}
