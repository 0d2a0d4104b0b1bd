import type { ApiResource } from "#resources/api-resource.ts";
import type { Subresource } from "../served-resource.ts";

/** What a kube-apiserver's discovery says of one of its resources. */
export interface BuiltInResource extends ApiResource {
  readonly categories: readonly string[];
  readonly subresources: Readonly<Record<string, Subresource>>;
  /** The name of its schema: `core.v1.Pod`. */
  readonly definition: string;
}
