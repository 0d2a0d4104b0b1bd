import type { JsonRecord } from "#kernel/json-value.ts";

/**
 * The form of a value: the structural part of OpenAPI v3 with Kubernetes' extensions. Built-in kinds and
 * CustomResourceDefinitions are described alike. References are resolved, so schemas may hold themselves: walk the value, not the schema.
 */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly format?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** `true`: any value. Absent, beside `properties`: no other members. */
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly default?: unknown;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-list-type"?: "atomic" | "set" | "map";
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-map-type"?: "atomic" | "granular";
  /** Strategic merge patch: `merge`, `replace`, `retainKeys`, or two of them with a comma. Built-in kinds only. */
  readonly "x-kubernetes-patch-strategy"?: string;
  readonly "x-kubernetes-patch-merge-key"?: string;
  /** CEL rules: carried, never evaluated. */
  readonly "x-kubernetes-validations"?: readonly JsonRecord[];
  /** Of built-in kinds: the name of the definition, `core.v1.Container`. */
  readonly definition?: string;
  /** Of built-in kinds: what Go calls the type, where that does not follow from the rest: `v1.Protocol`. The server's errors say it. */
  readonly "x-go-type"?: string;
  /** Of built-in kinds: the struct that Go embeds around the member, which the server's errors name too: `VolumeSource`. */
  readonly "x-go-embedded"?: string;
  /** Of built-in kinds: `""`, `0`, `false`, `[]` and `{}` stay when they are given. Others are left out. */
  readonly "x-go-keeps-empty"?: boolean;
  /** Of built-in kinds: the value with what the server fills in depending on what is there. */
  readonly fillIn?: (value: JsonRecord) => JsonRecord;
}

/** Of a value whose form nobody has described. */
export const ANYTHING: Schema = { "x-kubernetes-preserve-unknown-fields": true };
