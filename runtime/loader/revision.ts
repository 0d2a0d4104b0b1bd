/** What the loader makes of the handlers directory. */
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";

/** How a revision came to be. */
export interface Making {
  /** When the change that led to it was first noticed, or the first load began. Monotonic milliseconds. */
  readonly seenAt: number;
  /** From the start of the bundling until it was known what the file exports. */
  readonly builtMs: number;
}

/** One handler, ready to run. Immutable and content-addressed: equal ids mean equal code and options. */
export interface Revision extends Making {
  /** 12 hexadecimal digits of the hash over code and options. */
  readonly id: string;
  /** The handler's id: `billing/invoice-paid`, `billing/invoice-paid#0`. */
  readonly handler: string;
  /** Relative to the handlers directory, with extension. */
  readonly file: string;
  /** Index in the file's default export. */
  readonly entry: number;
  readonly bundle: Bundle;
  readonly options: ResolvedOptions;
}

/** A handler file and its imports as one script. */
export interface Bundle {
  /** Hash of `code`. */
  readonly id: string;
  readonly file: string;
  /** CommonJS, ES2022, without any `require`. */
  readonly code: string;
  /** JSON. */
  readonly sourceMap: string;
  /** Absolute paths of every file that went in. */
  readonly inputs: readonly string[];
  readonly warnings: readonly Problem[];
}

/** Something wrong at a place in a handler file. Lines and columns are 1-based, columns in UTF-16 units; 1 and 1 where there is no place. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
  /** The source around the place, as text; `""` if there is none. */
  readonly frame: string;
  /** It is none in the other engine. Absent: it is one in each. */
  readonly engine?: ResolvedOptions["engine"];
}

/** One step of the handlers directory: everything that a save, or many at once, changed. */
export interface Batch {
  /** New or changed handlers, and those whose file loads again after a failure. */
  readonly revisions: readonly Revision[];
  /** Handlers whose code has moved to other lines and is the same otherwise: only the places in their stacks change. @default none */
  readonly moved?: readonly Revision[];
  /** Ids of handlers whose file, or whose entry, is gone. */
  readonly removed: readonly string[];
  /** The same code and options under another id. */
  readonly renamed: readonly { readonly from: string; readonly to: Revision }[];
  /** Files that do not load; their handlers keep the last good revision. `handlers` are the ids known from before. */
  readonly failures: readonly {
    readonly file: string;
    readonly handlers: readonly string[];
    readonly problems: readonly Problem[];
  }[];
  /** Files that claim one id. None of them is loaded; handlers known from before keep running. */
  readonly conflicts: readonly Conflict[];
  /** Handler files that did not load, or had one id, and are gone. @default none */
  readonly gone?: readonly string[];
  /** Ids among `revisions` that are what last loaded before the start: what their file holds now does not load. @default none */
  readonly restored?: readonly string[];
  /** Other files that changed at the same time are still loading: the next batch has them. @default false */
  readonly isPartial?: boolean;
  /** Absolute paths that changed and went into no handler: types, for example. @default none */
  readonly others?: readonly string[];
  /** Files that were saved with other content and change nothing in what runs: a comment, for example. As `Problem.file` names them. @default none */
  readonly withoutEffect?: readonly string[];
}

export function isEmptyBatch({
  revisions,
  moved = [],
  removed,
  renamed,
  failures,
  conflicts,
  gone = [],
  others = [],
  withoutEffect = [],
}: Batch): boolean {
  return [revisions, moved, removed, renamed, failures, conflicts, gone, others, withoutEffect].every(
    ({ length }) => length === 0,
  );
}

export interface Conflict {
  readonly handler: string;
  /** Sorted. */
  readonly files: readonly string[];
}

/** Where handlers come from. */
export interface HandlerSource {
  /** The first batch, and one for each change if the source is watched. Ends when the signal aborts. */
  batches(signal: AbortSignal): AsyncIterable<Batch>;
}
