import type { WriteOptions } from "../../operations/api-operations.ts";
import { goQuoted } from "./go-quoted.ts";
import type { QueryReader } from "./query-reader.ts";
import { invalidOptions, type OptionFault } from "./request-errors.ts";

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
export function dryRunFaults(values: readonly string[]): OptionFault[] {
  if (values.every((value) => value === "All")) return [];
  const message = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
  return [{ field: "dryRun", reason: "FieldValueNotSupported", message }];
}

const MANAGER_LIMIT_BYTES = 128;

function patchFaults(query: QueryReader, applies: boolean): OptionFault[] {
  if (!applies && query.has("force")) {
    return [
      { field: "force", reason: "FieldValueForbidden", message: "Forbidden: may not be specified for non-apply patch" },
    ];
  }
  if (applies && query.text("fieldManager") === "") {
    return [
      { field: "fieldManager", reason: "FieldValueRequired", message: "Required value: is required for apply patch" },
    ];
  }
  return [];
}

function fieldManagerFaults(manager: string): OptionFault[] {
  const field = "fieldManager";
  const faults: OptionFault[] = [];
  if (Buffer.byteLength(manager) > MANAGER_LIMIT_BYTES) {
    const message = `Too long: may not be more than ${MANAGER_LIMIT_BYTES} bytes`;
    faults.push({ field, reason: "FieldValueTooLong", message });
  }
  const unprintable = UNPRINTABLE.exec(manager);
  if (unprintable) {
    const [character] = unprintable;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const position = Buffer.byteLength(manager.slice(0, unprintable.index));
    const fact = `invalid character U+${code} (at position ${position})`;
    faults.push({ field, reason: "FieldValueInvalid", message: `Invalid value: ${goQuoted(manager)}: ${fact}` });
  }
  return faults;
}

/** Go: `unicode.IsPrint` is not true of it. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

const FIELD_VALIDATIONS = ["", "Ignore", "Strict", "Warn"];

function fieldValidationFaults(value: string): OptionFault[] {
  if (FIELD_VALIDATIONS.includes(value)) return [];
  const supported = FIELD_VALIDATIONS.map((one) => `"${one}"`).join(", ");
  const message = `Unsupported value: "${value}": supported values: ${supported}`;
  return [{ field: "fieldValidation", reason: "FieldValueNotSupported", message }];
}

/** Of who says nothing about itself. */
const UNKNOWN_MANAGER = "unknown";

function managerOf(userAgent: string): string {
  return Buffer.from(userAgent.split("/")[0] ?? "")
    .subarray(0, MANAGER_LIMIT_BYTES)
    .toString();
}
