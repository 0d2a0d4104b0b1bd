/**
 * What the loader knows of the handlers directory between two looks at it: which file holds which handlers, what was read
 * for them, and what has to be told when a look finds something else. No files, no time of its own.
 */
import { isDeepStrictEqual } from "node:util";
import type { FileOutcome } from "./file-loader.ts";
import type { Listing } from "./handler-files.ts";
import { problemOfFile } from "./problem.ts";
import { isProjectFile } from "./project-files.ts";
import type { Batch, Conflict, Problem, Revision } from "./revision.ts";
import type { Sources } from "./source-reads.ts";

/** A removal is told only after this: some editors save by deleting the file first. */
export const REMOVAL_DELAY_MS = 300;
/** A failure is told only after this, if nothing was saved since: a half-written file is no failure. */
export const FAILURE_DELAY_MS = 150;

interface KnownFile {
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

export class KnownFiles {
  readonly #files = new Map<string, KnownFile>();
  #conflicts: readonly Conflict[] = [];

  /** Every file that something was built from. */
  get sources(): ReadonlySet<string> {
    return new Set(this.#files.values().flatMap(({ sources }) => sources.keys()));
  }

  /** What the path held when it was last built. */
  hashOf(path: string): string | undefined {
    return this.#files
      .values()
      .find(({ sources }) => sources.has(path))
      ?.sources.get(path);
  }

  /** Which of the listed files to load, now that `changed` paths hold something else. */
  stale({ files }: Listing, changed: ReadonlySet<string>): readonly string[] {
    if ([...changed].some(isProjectFile)) return files;
    return files.filter((file) => {
      const known = this.#files.get(file);
      if (!known) return true;
      if (known.failure) return changed.size > 0;
      return known.sources.keys().some((path) => changed.has(path));
    });
  }

  /** Takes what a look found, and says what is new. `patient`: failures wait for their delay. */
  absorb(listing: Listing, outcomes: ReadonlyMap<string, FileOutcome>, now: number, patient: boolean): Batch {
    this.#markAbsent(listing, now);
    const news: News = { revisions: [], removed: [], renamed: [], conflicts: this.#newConflicts(listing) };
    for (const [file, outcome] of outcomes) this.#take(file, outcome, news, now);
    news.removed.push(...this.#takeRemoved(now));
    return { ...news, failures: this.#takeFailures(now, patient ? FAILURE_DELAY_MS : 0) };
  }

  /** Milliseconds until something that waits is due; `undefined` if nothing waits. */
  nextDue(now: number): number | undefined {
    const due = this.#files
      .values()
      .flatMap(({ absentSince, failure }) => [
        ...(absentSince === undefined ? [] : [absentSince + REMOVAL_DELAY_MS]),
        ...(failure && !failure.told ? [failure.since + FAILURE_DELAY_MS] : []),
      ])
      .toArray();
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due) - now);
  }

  #markAbsent({ files, conflicts }: Listing, now: number): void {
    const present = new Set([...files, ...conflicts.flatMap((conflict) => conflict.files)]);
    for (const [file, known] of this.#files) {
      const absentSince = present.has(file) ? undefined : (known.absentSince ?? now);
      this.#files.set(file, { ...known, absentSince });
    }
  }

  #newConflicts({ conflicts }: Listing): Conflict[] {
    const before = this.#conflicts;
    this.#conflicts = conflicts;
    return conflicts.filter((conflict) => !before.some((known) => isDeepStrictEqual(known, conflict)));
  }

  #take(file: string, outcome: FileOutcome, news: News, now: number): void {
    const before = this.#files.get(file);
    if (outcome.type === "failed") return void this.#files.set(file, failed(before, outcome, now));
    const renamed = before ? [] : this.#renames(outcome);
    const claimed = this.#claimOf(file, outcome.revisions);
    if (claimed) {
      news.conflicts.push(claimed);
      const problems = [problemOfFile(file, claimReason(claimed))];
      return void this.#files.set(file, failed(before, { type: "failed", problems, sources: outcome.sources }, now));
    }
    this.#files.set(file, { ...outcome, live: outcome.revisions, failure: undefined, absentSince: undefined });
    news.renamed.push(...renamed);
    if (renamed.length === 0) news.revisions.push(...newsOf(before, outcome.revisions));
    news.removed.push(...goneFrom(before, outcome.revisions));
  }

  /** Another file has a handler of the same id already, by its `name`. */
  #claimOf(file: string, revisions: readonly Revision[]): Conflict | undefined {
    for (const { handler } of revisions) {
      for (const [other, { live }] of this.#files) {
        if (other === file || !live.some((revision) => revision.handler === handler)) continue;
        return { handler, files: [file, other].sort() };
      }
    }
    return undefined;
  }

  /** The same bytes and the same meaning under another name: pairs the entries of a file that has gone with those of the new one. */
  #renames(outcome: Extract<FileOutcome, { type: "loaded" }>): { from: string; to: Revision }[] {
    for (const [file, known] of this.#files) {
      if (known.absentSince === undefined || !isSame(known, outcome)) continue;
      this.#files.delete(file);
      return known.live.flatMap(({ handler }, at) => {
        const to = outcome.revisions[at];
        return to ? [{ from: handler, to }] : [];
      });
    }
    return [];
  }

  #takeRemoved(now: number): string[] {
    const removed: string[] = [];
    for (const [file, { absentSince, live }] of this.#files) {
      if (absentSince === undefined || now - absentSince < REMOVAL_DELAY_MS) continue;
      removed.push(...live.map(({ handler }) => handler));
      this.#files.delete(file);
    }
    return removed;
  }

  #takeFailures(now: number, delayMs: number): Batch["failures"] {
    const told: Batch["failures"][number][] = [];
    for (const [file, known] of this.#files) {
      const { failure, live, absentSince } = known;
      if (!failure || failure.told || absentSince !== undefined || now - failure.since < delayMs) continue;
      this.#files.set(file, { ...known, failure: { ...failure, told: true } });
      told.push({ file, handlers: live.map(({ handler }) => handler), problems: failure.problems });
    }
    return told;
  }
}

interface News {
  readonly revisions: Revision[];
  readonly removed: string[];
  readonly renamed: { readonly from: string; readonly to: Revision }[];
  readonly conflicts: Conflict[];
}

function claimReason({ handler, files }: Conflict): string {
  const names = files.map((file) => `"${file}"`).join(" and ");
  return `Cannot load handler "${handler}": ${names} claim this id; give one of them another name`;
}

/** The same failure of the same sources was told already. */
function failed(
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
function newsOf(before: KnownFile | undefined, revisions: readonly Revision[]): readonly Revision[] {
  if (!before || before.failure) return revisions;
  const ids = new Map(before.live.map(({ handler, id }) => [handler, id]));
  return revisions.filter(({ handler, id }) => ids.get(handler) !== id);
}

function goneFrom(before: KnownFile | undefined, revisions: readonly Revision[]): string[] {
  const here = new Set(revisions.map(({ handler }) => handler));
  return (before?.live ?? []).flatMap(({ handler }) => (here.has(handler) ? [] : [handler]));
}

/** A bundle's own hash cannot tell: the file's name is in it. */
function isSame({ live, sources }: KnownFile, outcome: Extract<FileOutcome, { type: "loaded" }>): boolean {
  const hashes = (from: Sources): string[] => [...from.values()].sort();
  const options = (from: readonly Revision[]): unknown[] => from.map((revision) => revision.options);
  return (
    live.length === outcome.revisions.length &&
    live.length > 0 &&
    isDeepStrictEqual(hashes(sources), hashes(outcome.sources)) &&
    isDeepStrictEqual(options(live), options(outcome.revisions))
  );
}
