import { fieldOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { DeleteOptions } from "../../../operations/api-operations.ts";
import { invalid, notSupported, type FieldCause } from "../../../schema/field-causes.ts";
import { unfitField } from "../body/go-types.ts";
import type { QueryReader } from "./query-reader.ts";
import { invalidOptions } from "../request-errors.ts";
import { dryRunFaults } from "./write-options.ts";

/** From the body; only without one from the query, as the real server does. */
export function deleteOptions(body: JsonRecord | undefined, query: QueryReader): DeleteOptions {
  const asked = body === undefined ? fromQuery(query) : fromBody(body);
  const faults = [...policyFaults(asked), ...dryRunFaults(asked.dryRun)];
  if (faults.length > 0) throw invalidOptions("DeleteOptions", faults);
  return {
    dryRun: asked.dryRun.length > 0,
    gracePeriodSeconds: asked.gracePeriodSeconds,
    propagationPolicy: policyOf(asked),
    preconditions: asked.preconditions,
  };
}

interface Asked {
  readonly dryRun: readonly string[];
  readonly gracePeriodSeconds: number | undefined;
  readonly propagationPolicy: string | undefined;
  /** The older form of the policy. */
  readonly orphanDependents: boolean | undefined;
  readonly preconditions: DeleteOptions["preconditions"];
}

function fromQuery(query: QueryReader): Asked {
  return {
    dryRun: query.texts("dryRun"),
    gracePeriodSeconds: query.integer("gracePeriodSeconds"),
    propagationPolicy: query.has("propagationPolicy") ? query.text("propagationPolicy") : undefined,
    orphanDependents: query.has("orphanDependents") ? query.truth("orphanDependents") : undefined,
    preconditions: {},
  };
}

function fromBody(body: JsonRecord): Asked {
  const orphan = fieldOf(body, "orphanDependents") ?? undefined;
  if (orphan !== undefined && typeof orphan !== "boolean") {
    throw unfitField(orphan, "DeleteOptions.orphanDependents", "bool");
  }
  return {
    dryRun: dryRunOf(body),
    gracePeriodSeconds: gracePeriodOf(body),
    propagationPolicy: textIn(body, "propagationPolicy", "DeleteOptions.propagationPolicy", "v1.DeletionPropagation"),
    orphanDependents: orphan,
    preconditions: preconditionsOf(body),
  };
}

function dryRunOf(body: JsonRecord): readonly string[] {
  const values: unknown = fieldOf(body, "dryRun") ?? [];
  if (!Array.isArray(values)) throw unfitField(values, "DeleteOptions.dryRun", "[]string");
  return values.map((value: unknown) => {
    if (typeof value === "string") return value;
    throw unfitField(value, "DeleteOptions.dryRun", "string");
  });
}

function gracePeriodOf(body: JsonRecord): number | undefined {
  const value = fieldOf(body, "gracePeriodSeconds") ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw unfitField(value, "DeleteOptions.gracePeriodSeconds", "int64");
}

function preconditionsOf(body: JsonRecord): DeleteOptions["preconditions"] {
  const value = fieldOf(body, "preconditions") ?? {};
  if (!isRecord(value)) throw unfitField(value, "DeleteOptions.preconditions", "v1.Preconditions");
  const uid = textIn(value, "uid", "Preconditions.preconditions.uid", "types.UID");
  const resourceVersion = textIn(value, "resourceVersion", "Preconditions.preconditions.resourceVersion", "string");
  return { ...(uid !== undefined && { uid }), ...(resourceVersion !== undefined && { resourceVersion }) };
}

function textIn(record: JsonRecord, key: string, place: string, type: string): string | undefined {
  const value = fieldOf(record, key) ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw unfitField(value, place, type);
}

const POLICIES = ["Foreground", "Background", "Orphan"] as const;

function policyFaults({ propagationPolicy, orphanDependents }: Asked): FieldCause[] {
  if (propagationPolicy === undefined) return [];
  const field = "propagationPolicy";
  const isKnown = POLICIES.some((policy) => policy === propagationPolicy);
  return [
    ...(orphanDependents === undefined
      ? []
      : [invalid(field, propagationPolicy, "orphanDependents and deletionPropagation cannot be both set")]),
    ...(isKnown ? [] : [notSupported(field, propagationPolicy, [...POLICIES, "nil"])]),
  ];
}

function policyOf({ propagationPolicy, orphanDependents }: Asked): DeleteOptions["propagationPolicy"] {
  if (orphanDependents !== undefined) return orphanDependents ? "Orphan" : "Background";
  return POLICIES.find((policy) => policy === propagationPolicy);
}
