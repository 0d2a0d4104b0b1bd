import type { Delivery } from "#dispatch/ports.ts";
import type { HandlerCaches } from "#supervisor/ports.ts";

export type OpenedCaches =
  | {
      readonly type: "opened";
      readonly caches: HandlerCaches;
      /** A sentence each. */
      readonly warnings: readonly string[];
      /** What is about to be told, the caches show first. */
      readonly show: (delivery: Delivery) => void;
      close(): Promise<void>;
    }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };
