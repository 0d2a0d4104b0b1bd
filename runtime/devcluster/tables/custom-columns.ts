import type { PrinterColumn } from "../registry/served-resource.ts";
import { NAME, type Column } from "./column.ts";
import { goValueText } from "./cells/go-value-text.ts";
import { ageOf } from "./cells/human-duration.ts";
import { parseJsonPath, type JsonPath } from "./cells/json-path.ts";

const AGE: PrinterColumn = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };
const TYPES = ["string", "integer", "number", "boolean", "date"] as const;

/**
 * What a CustomResourceDefinition wants to be shown: its `additionalPrinterColumns`, or else the age. The real server gives
 * up at the first path that it cannot read.
 */
export function customColumns(columns: readonly PrinterColumn[] = [AGE]): readonly Column[] {
  const shown = [NAME];
  for (const column of columns) {
    const path = parseJsonPath(column.jsonPath);
    if (path === undefined) break;
    shown.push(customColumn(column, path));
  }
  return shown;
}

function customColumn({ name, type, format = "", priority = 0 }: PrinterColumn, path: JsonPath): Column {
  const known = TYPES.find((one) => one === type) ?? "string";
  return {
    name,
    type: known,
    format,
    priority,
    cell: (object, now) => {
      const [value] = path(object);
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
      return typeof value === "string" ? dateText(value, now) : null;
    case "string":
      return goValueText(value);
  }
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function dateText(value: string, now: number): string {
  return value === "" || RFC_3339.test(value) ? ageOf(value, now) : "<invalid>";
}
