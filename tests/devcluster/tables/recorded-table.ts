import type { ApiObject } from "#devcluster/api-object.ts";

/** What a real server made of some objects. */
export interface RecordedTable {
  readonly apiVersion: string;
  readonly plural: string;
  /** When the server was asked, milliseconds since the epoch. */
  readonly now: number;
  readonly columns: readonly object[];
  readonly rows: readonly {
    readonly cells: readonly unknown[];
    readonly conditions?: readonly object[];
    readonly object: ApiObject;
  }[];
}
