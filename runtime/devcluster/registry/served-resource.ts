import type { ApiResource } from "#resources/api-resource.ts";
import type { Schema } from "../schema/schema.ts";

/** One resource in one version, as the server serves it: a built-in kind or one of a CustomResourceDefinition. */
export interface ServedResource extends ApiResource {
  readonly listKind: string;
  readonly categories: readonly string[];
  /** Where its objects are stored, whatever the version: `deployments.apps`. */
  readonly storage: string;
  readonly schema: Schema;
  /** By name, for example `status`, `scale`, `eviction`. */
  readonly subresources: Readonly<Record<string, Subresource>>;
  /** What field selectors may name beside `metadata.name` and `metadata.namespace`: `status.phase`. */
  readonly selectableFields: readonly string[];
  /** Every request for a deprecated version is warned of it. */
  readonly deprecationWarning?: string;
  /** Of a CustomResourceDefinition, else `undefined`. */
  readonly custom: CustomResource | undefined;
}

export interface Subresource {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  readonly verbs: readonly string[];
}

export interface CustomResource {
  /** `additionalPrinterColumns`; none: `Age` only. */
  readonly columns: readonly PrinterColumn[] | undefined;
  /** Paths of the scale subresource: `.spec.replicas`. */
  readonly scale: ScalePaths | undefined;
}

export interface PrinterColumn {
  readonly name: string;
  /** `string`, `integer`, `number`, `boolean` or `date`. */
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  /** 0: always shown; more: only with `-o wide`. */
  readonly priority?: number;
  readonly jsonPath: string;
}

export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}
