/**
 * What the loader knows of the handlers directory between two looks at it: which file holds which handlers, what was read
 * for them, and what has to be told when a look finds something else. No files, no time of its own.
 */
import { isDeepStrictEqual } from "node:util";
import type { FileOutcome } from "../file-loader.ts";
import type { Listing } from "./handler-files.ts";
import {
  dueTimes,
  failed,
  FAILURE_DELAY_MS,
  goneFrom,
  hasNews,
  isSame,
  movedFrom,
  newsOf,
  REMOVAL_DELAY_MS,
} from "./known-file.ts";
import type { KnownFile } from "./known-file.ts";
import { problemOfFile } from "../problem.ts";
import { isProjectFile } from "./project-files.ts";
import type { Batch, Bundle, Conflict, Revision } from "../revision.ts";

/**
 * `patient`: failures and removals wait for their delay. `partial`: some files that changed have not been looked at yet, and
 * a handler that is missing may go on in one of them, so that nothing is taken for removed.
 */
export type Look = "prompt" | "patient" | "partial";

const REMOVAL_DELAYS_MS: Readonly<Record<Look, number>> = {
  prompt: 0,
  patient: REMOVAL_DELAY_MS,
  partial: Infinity,
};

export class KnownFiles {
  readonly #files = new Map<string, KnownFile>();
  #conflicts: readonly Conflict[] = [];
  /** Handlers that a partial look did not find: they may go on in what has not been looked at. */
  #missing: readonly string[] = [];

  /** Every file that something was built from. */
  get sources(): ReadonlySet<string> {
    return new Set(this.#files.values().flatMap(({ sources }) => sources.keys()));
  }

  /** Of the handlers that can run. */
  get bundles(): ReadonlySet<Bundle> {
    return new Set(this.#files.values().flatMap(({ live }) => live.map(({ bundle }) => bundle)));
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

  /** Paths that hold something else than what was built before, and nothing is new in what was built of them. */
  withoutEffect(outcomes: ReadonlyMap<string, FileOutcome>): readonly string[] {
    const [all, effective] = [new Set<string>(), new Set<string>()];
    for (const [file, outcome] of outcomes) {
      const before = this.#files.get(file);
      for (const [path, hash] of outcome.sources) {
        if (before?.sources.get(path) === hash) continue;
        all.add(path);
        if (!before || hasNews(before, outcome)) effective.add(path);
      }
    }
    return [...all.difference(effective)];
  }

  /** Takes a file as loaded, although its present content has not been looked at yet. */
  adopt(file: string, live: readonly Revision[]): void {
    this.#files.set(file, { sources: new Map(), live, failure: undefined, absentSince: undefined });
  }

  /** Takes what a look found, and says what is new. */
  absorb(listing: Listing, outcomes: ReadonlyMap<string, FileOutcome>, now: number, look: Look): Batch {
    this.#markAbsent(listing, now);
    const unclaimed = this.#unclaimed(listing);
    const news: News = { revisions: [], moved: [], removed: [], renamed: [], conflicts: this.#newConflicts(listing) };
    for (const [file, outcome] of outcomes) this.#take(file, outcome, this.#claimOf(file, outcomes), news, now);
    const { handlers, unloaded } = this.#takeRemoved(now, REMOVAL_DELAYS_MS[look]);
    news.removed.push(...handlers);
    const gone = [...unclaimed, ...unloaded];
    const here = new Set(this.#files.values().flatMap(({ live }) => live.map(({ handler }) => handler)));
    const missing = [...this.#missing, ...news.removed].filter((handler) => !here.has(handler));
    const [removed, kept] = look === "partial" ? [[], missing] : [missing, []];
    this.#missing = kept;
    const failures = this.#takeFailures(now, look === "patient" ? FAILURE_DELAY_MS : 0);
    return { ...news, removed, failures, ...(gone.length > 0 && { gone }) };
  }

  /** Milliseconds until something that waits is due; `undefined` if nothing waits. */
  nextDue(now: number): number | undefined {
    const due = this.#files.values().flatMap(dueTimes).toArray();
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due) - now);
  }

  #markAbsent({ files, conflicts }: Listing, now: number): void {
    const present = new Set([...files, ...conflicts.flatMap((conflict) => conflict.files)]);
    for (const [file, known] of this.#files) {
      const absentSince = present.has(file) ? undefined : (known.absentSince ?? now);
      this.#files.set(file, { ...known, absentSince });
    }
  }

  /** Files that claimed an id together with others, and are gone. */
  #unclaimed({ files, conflicts }: Listing): string[] {
    const here = new Set([...files, ...conflicts.flatMap((conflict) => conflict.files)]);
    return this.#conflicts.flatMap((conflict) => conflict.files).filter((file) => !here.has(file));
  }

  #newConflicts({ conflicts }: Listing): Conflict[] {
    const before = this.#conflicts;
    this.#conflicts = conflicts;
    return conflicts.filter((conflict) => !before.some((known) => isDeepStrictEqual(known, conflict)));
  }

  #take(file: string, outcome: FileOutcome, claim: Conflict | undefined, news: News, now: number): void {
    const before = this.#files.get(file);
    if (outcome.type === "failed") return void this.#files.set(file, failed(before, outcome, now));
    if (claim) {
      if (!news.conflicts.some((known) => isDeepStrictEqual(known, claim))) news.conflicts.push(claim);
      const problems = [problemOfFile(file, claimReason(claim))];
      return void this.#files.set(file, failed(before, { type: "failed", problems, sources: outcome.sources }, now));
    }
    this.#takeOver(outcome.revisions);
    const renamed = before ? [] : this.#renames(outcome);
    this.#files.set(file, { ...outcome, live: outcome.revisions, failure: undefined, absentSince: undefined });
    news.renamed.push(...renamed);
    if (renamed.length === 0) news.revisions.push(...newsOf(before, outcome.revisions));
    news.moved.push(...movedFrom(before, outcome.revisions));
    news.removed.push(...goneFrom(before, outcome.revisions));
  }

  /** Another file has a handler of the same id, by its `name`. */
  #claimOf(file: string, outcomes: ReadonlyMap<string, FileOutcome>): Conflict | undefined {
    const handlersOf = (name: string): readonly string[] => {
      const outcome = outcomes.get(name);
      const known = this.#files.get(name);
      const live = known?.absentSince === undefined ? (known?.live ?? []) : [];
      return (outcome?.type === "loaded" ? outcome.revisions : live).map(({ handler }) => handler);
    };
    const own = new Set(handlersOf(file));
    for (const other of new Set([...this.#files.keys(), ...outcomes.keys()])) {
      const handler = other === file ? undefined : handlersOf(other).find((id) => own.has(id));
      if (handler !== undefined) return { handler, files: [file, other].sort() };
    }
    return undefined;
  }

  /** A handler whose file is gone goes on in another one, for example after a change of the extension. */
  #takeOver(revisions: readonly Revision[]): void {
    const taken = new Set(revisions.map(({ handler }) => handler));
    for (const [file, known] of this.#files) {
      if (known.absentSince === undefined) continue;
      this.#files.set(file, { ...known, live: known.live.filter(({ handler }) => !taken.has(handler)) });
    }
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

  /** `unloaded`: the files among them of which it was told that they do not load. */
  #takeRemoved(
    now: number,
    delayMs: number,
  ): { readonly handlers: readonly string[]; readonly unloaded: readonly string[] } {
    const handlers: string[] = [];
    const unloaded: string[] = [];
    for (const [file, { absentSince, live, failure }] of this.#files) {
      if (absentSince === undefined || now - absentSince < delayMs) continue;
      handlers.push(...live.map(({ handler }) => handler));
      if (failure?.told) unloaded.push(file);
      this.#files.delete(file);
    }
    return { handlers, unloaded };
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
  readonly moved: Revision[];
  readonly removed: string[];
  readonly renamed: { readonly from: string; readonly to: Revision }[];
  readonly conflicts: Conflict[];
}

function claimReason({ handler, files }: Conflict): string {
  const names = files.map((file) => `"${file}"`).join(" and ");
  return `Cannot load handler "${handler}": ${names} claim this id; give one of them another name`;
}
