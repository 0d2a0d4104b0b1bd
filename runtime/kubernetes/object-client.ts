/** Single objects, as parsed JSON: what handlers' `kube` calls need. Never used on the event path. */
import type { ApiResource } from "#resources/api-resource.ts";
import type { RequestFailure } from "./request-failure.ts";

export type PatchType = "merge" | "json" | "strategic" | "apply";

export interface ObjectTarget {
  readonly resource: ApiResource;
  /** `""` for cluster-scoped resources. */
  readonly namespace: string;
  readonly name: string;
  readonly subresource?: string;
}

export type ObjectAnswer =
  /** `bytes`: how long it was as JSON. */
  { readonly type: "object"; readonly object: unknown; readonly bytes?: number } | RequestFailure;

export interface ObjectClient {
  /** The API server keeps nothing of what is written. */
  readonly isDryRun: boolean;
  /** The same client; the fields that it writes belong to this name, in place of `informd`. @param name printable, at most 128 characters */
  withFieldManager(name: string): ObjectClient;
  get(target: ObjectTarget, signal: AbortSignal): Promise<ObjectAnswer>;
  list(
    scope: {
      readonly resource: ApiResource;
      readonly namespace: string;
      readonly labelSelector?: string;
      readonly limit?: number;
    },
    signal: AbortSignal,
  ): Promise<ObjectAnswer>;
  create(target: Omit<ObjectTarget, "name">, object: unknown, signal: AbortSignal): Promise<ObjectAnswer>;
  patch(target: ObjectTarget, patch: unknown, type: PatchType, signal: AbortSignal): Promise<ObjectAnswer>;
  delete(target: ObjectTarget, signal: AbortSignal): Promise<ObjectAnswer>;
  /** A pod, unless a PodDisruptionBudget stands against it (429). Answers with the server's `Status`. */
  evict(target: ObjectTarget, signal: AbortSignal): Promise<ObjectAnswer>;
}
