import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiResource } from "#resources/api-resource.ts";

/** A kind that is none of Kubernetes' own, in one version. */
export interface CustomKind {
  readonly resource: ApiResource;
  /** OpenAPI v3, of whole objects. `undefined`: nothing is known of them. */
  readonly schema: JsonRecord | undefined;
  /** What `$ref` refers to, by its whole text. */
  readonly references: ReadonlyMap<string, JsonRecord>;
}
