/** What the server has, and how people name it. Filled by discovery, refreshed when a name is unknown. */
import type { ApiResource } from "#resources/api-resource.ts";
import type { RequestFailure } from "./request-failure.ts";

export type Resolution =
  | { readonly type: "found"; readonly resource: ApiResource }
  /** `nearest`: names that the reader may have meant, best first; looked for when it is read, which takes a while. */
  | { readonly type: "unknown"; readonly nearest: readonly string[] }
  | { readonly type: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly type: "failed"; readonly failure: RequestFailure };

export interface ResourceCatalog {
  /** Resolves every name that kubectl takes: `TYPE[.VERSION][.GROUP]`, plural, singular, short name or kind, any case. */
  resolve(name: string, signal: AbortSignal): Promise<Resolution>;
}
