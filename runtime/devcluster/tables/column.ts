import type { ApiObject } from "../api-object.ts";
import { ageOf } from "./cells/human-duration.ts";
import { fieldAt, textAt } from "./cells/object-fields.ts";

/** One column of a table and what it shows of an object. */
export interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "number" | "boolean" | "date";
  readonly format: string;
  /** 0: always shown; 1: only with `-o wide`. */
  readonly priority: number;
  readonly cell: Cell;
}

/** @param now milliseconds since the epoch, for ages */
export type Cell = (object: ApiObject, now: number) => unknown;

export const NONE = "<none>";
export const UNSET = "<unset>";
export const UNKNOWN = "<unknown>";

export function text(name: string, cell: Cell): Column {
  return { name, type: "string", format: "", priority: 0, cell };
}

export function integer(name: string, cell: Cell): Column {
  return { ...text(name, cell), type: "integer" };
}

export function flag(name: string, cell: Cell): Column {
  return { ...text(name, cell), type: "boolean" };
}

/** Only with `-o wide`. */
export function wide(column: Column): Column {
  return { ...column, priority: 1 };
}

export const NAME: Column = { ...text("Name", ({ metadata }) => metadata.name), format: "name" };

/** The name, with a note on the one that an annotation makes the default. */
export function nameWithDefault(...annotations: readonly string[]): Column {
  const isDefault = ({ metadata }: ApiObject): boolean =>
    annotations.some((annotation) => metadata.annotations?.[annotation] === "true");
  return { ...NAME, cell: (object) => `${object.metadata.name}${isDefault(object) ? " (default)" : ""}` };
}

export const AGE: Column = text("Age", ({ metadata }, now) => ageOf(metadata.creationTimestamp, now));

export const CREATED_AT: Column = {
  ...text("Created At", ({ metadata }) => metadata.creationTimestamp ?? null),
  type: "date",
};

/** The text at a path, or else what is said. */
export function field(path: string, otherwise = ""): Cell {
  return (object) => textAt(object, path) || otherwise;
}

/** The number at a path, or else 0. */
export function count(path: string): Cell {
  return (object) => {
    const value = fieldAt(object, path);
    return typeof value === "number" ? value : 0;
  };
}
