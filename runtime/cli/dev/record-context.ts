/** Facts about a record's handler that only the log as a whole knows. */
export interface RecordContext {
  /** Since when it runs its present revision; `undefined`: it runs none. */
  readonly servingSince: number | undefined;
  /** It is held back, and was told to be so in these words. */
  readonly again: boolean;
}
