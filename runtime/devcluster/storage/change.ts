import type { ApiObject } from "../api-object.ts";

/** One committed write. `revision` is the cluster's, and the object's resourceVersion from then on. */
export interface Change {
  readonly revision: number;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  /** Which objects: `pods`, `deployments.apps`. */
  readonly storage: string;
  /** What is so now; of a deletion the last state, with the deletion's revision as its resourceVersion. */
  readonly object: ApiObject;
  readonly previous: ApiObject | undefined;
}
