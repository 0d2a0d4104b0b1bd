/** Handlers that do not lie in a directory which somebody edits: all files at one moment, and again at each later one. */

/** All files of a source at one moment: never half of a change. */
export interface Snapshot {
  /** By path, relative to the handlers directory that they stand for: `pod-added.ts`, `lib/age.ts`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export interface SnapshotSource {
  /** The present one first; then one for each change, the newest only if several came meanwhile. Ends when the signal aborts. */
  snapshots(signal: AbortSignal): AsyncIterable<Snapshot>;
}
