import type { WriteOptions } from "../../../operations/api-operations.ts";
import {
  forbidden,
  notSupported,
  rawInvalid,
  required,
  tooLong,
  type FieldCause,
} from "../../../schema/field-causes.ts";
import { goQuoted } from "./go-quoted.ts";
import type { QueryReader } from "./query-reader.ts";
import { invalidOptions } from "../request-errors.ts";

export type WriteKind = "CreateOptions" | "UpdateOptions" | "PatchOptions";

/** Throws 422 for what the API machinery's options of writes forbid. */
export function writeOptions(query: QueryReader, kind: WriteKind, userAgent: string, applies = false): WriteOptions {
  const faults = [
    ...(kind === "PatchOptions" ? patchFaults(query, applies) : []),
    ...fieldManagerFaults(query.text("fieldManager")),
    ...dryRunFaults(query.texts("dryRun")),
    ...fieldValidationFaults(query.text("fieldValidation")),
  ];
  if (faults.length > 0) throw invalidOptions(kind, faults);
  const validation = query.text("fieldValidation");
  return {
    dryRun: query.has("dryRun"),
    fieldManager: query.text("fieldManager") || managerOf(userAgent) || UNKNOWN_MANAGER,
    fieldValidation: validation === "Ignore" || validation === "Strict" ? validation : "Warn",
    force: query.truth("force"),
  };
}

/** The supported values are `All` and nothing else, each at most once or often. */
export function dryRunFaults(values: readonly string[]): FieldCause[] {
  return values.every((value) => value === "All") ? [] : [notSupported("dryRun", values, ["All"])];
}

const MANAGER_LIMIT_BYTES = 128;

function patchFaults(query: QueryReader, applies: boolean): FieldCause[] {
  if (!applies && query.has("force")) return [forbidden("force", "may not be specified for non-apply patch")];
  if (applies && query.text("fieldManager") === "") return [required("fieldManager", "is required for apply patch")];
  return [];
}

function fieldManagerFaults(manager: string): FieldCause[] {
  const field = "fieldManager";
  const isTooLong = Buffer.byteLength(manager) > MANAGER_LIMIT_BYTES;
  const faults = isTooLong ? [tooLong(field, MANAGER_LIMIT_BYTES)] : [];
  const unprintable = UNPRINTABLE.exec(manager);
  if (unprintable) {
    const [character] = unprintable;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const position = Buffer.byteLength(manager.slice(0, unprintable.index));
    faults.push(rawInvalid(field, goQuoted(manager), `invalid character U+${code} (at position ${position})`));
  }
  return faults;
}

/** Go: `unicode.IsPrint` is not true of it. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

const FIELD_VALIDATIONS = ["", "Ignore", "Strict", "Warn"];

function fieldValidationFaults(value: string): FieldCause[] {
  return FIELD_VALIDATIONS.includes(value) ? [] : [notSupported("fieldValidation", value, FIELD_VALIDATIONS)];
}

/** Of who says nothing about itself. */
const UNKNOWN_MANAGER = "unknown";

function managerOf(userAgent: string): string {
  return Buffer.from(userAgent.split("/")[0] ?? "")
    .subarray(0, MANAGER_LIMIT_BYTES)
    .toString();
}
