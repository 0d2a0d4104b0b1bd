/** One popular package and a small real use of it, as a handler would make it. */
export interface PackageUse {
  readonly name: string;
  /** A module that exports `use`, which gets the context of a handler and the address of a server. */
  readonly code: string;
  /** What `use` returns, as JSON. */
  readonly result: unknown;
  /** For the table: what to know beside it, in Markdown. */
  readonly note?: string;
}
