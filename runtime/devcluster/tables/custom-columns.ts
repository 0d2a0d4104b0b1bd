import { isRecord } from "#kernel/json-value.ts";
import type { PrinterColumn } from "../registry/served-resource.ts";
import { NAME, type Column } from "./column.ts";
import { ageOf } from "./human-duration.ts";
import { parseJsonPath } from "./json-path.ts";

const AGE: PrinterColumn = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };
const TYPES = ["string", "integer", "number", "boolean", "date"] as const;

/** What a CustomResourceDefinition wants to be shown: its `additionalPrinterColumns`, or else the age. */
export function customColumns(columns: readonly PrinterColumn[] = [AGE]): readonly Column[] {
  return [NAME, ...columns.map(customColumn)];
}

function customColumn({ name, type, format = "", priority = 0, jsonPath }: PrinterColumn): Column {
  const read = parseJsonPath(jsonPath);
  const known = TYPES.find((one) => one === type) ?? "string";
  return {
    name,
    type: known,
    format,
    priority,
    cell: (object, now) => {
      const [value] = read?.(object) ?? [];
      return value === undefined ? null : cellOf(known, value, now);
    },
  };
}

/** `null` for a value that is not of the column's type. */
function cellOf(type: Column["type"], value: unknown, now: number): unknown {
  switch (type) {
    case "integer":
      return typeof value === "number" ? Math.trunc(value) : null;
    case "number":
      return typeof value === "number" ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "date":
      if (typeof value !== "string") return null;
      return Number.isNaN(Date.parse(value)) ? "<invalid>" : ageOf(value, now);
    case "string":
      return isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
  }
}
