import type { ApiResource } from "#resources/api-resource.ts";
import type { CustomKind } from "./custom-kind.ts";

/** Where kinds were looked for. */
export type FoundKinds =
  | {
      readonly type: "kinds";
      /** Those that are wanted. */
      readonly kinds: readonly CustomKind[];
      /** All custom ones there: they say which short names are ambiguous. */
      readonly resources: readonly ApiResource[];
      /** A sentence each. */
      readonly warnings: readonly string[];
    }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };
