/** What the loader needs of a sandbox: to load a bundle where its code can do no harm, and to say what it exports. */
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { Bundle } from "./revision.ts";

/** A module that does not finish loading fails. Rejects only when the signal aborts. */
export type Inspect = (program: Bundle, engine: ResolvedOptions["engine"], signal: AbortSignal) => Promise<Inspection>;

export type Inspection =
  | { readonly type: "loaded"; readonly module: InspectedModule }
  | { readonly type: "failed"; readonly error: LoadError };

/** The exports as data; nothing is validated yet. */
export interface InspectedModule {
  readonly default: InspectedExport;
  /** `export const config`; functions are `true`. */
  readonly config: unknown;
}

export type InspectedExport =
  | { readonly type: "function" }
  /** Made by `on`. */
  | { readonly type: "handler"; readonly resource: unknown; readonly options: unknown }
  | { readonly type: "array"; readonly items: readonly InspectedExport[] }
  | { readonly type: "other"; readonly found: string };

export interface LoadError {
  /** `""`: the code did not throw, and `message` says what became of it. */
  readonly name: string;
  readonly message: string;
  /** `LOAD_TIMEOUT`: it did not finish. `SANDBOX`: no process could be had. */
  readonly code?: string | undefined;
  /** The first frame in a file of the handler; 1-based. */
  readonly at: { readonly file: string; readonly line: number; readonly column: number } | undefined;
}
