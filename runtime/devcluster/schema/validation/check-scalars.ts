import { wrongTypeCause } from "./check-type.ts";
import { invalid, tooLong, type FieldCause } from "../field-causes.ts";
import { hasFormat } from "./formats.ts";
import { goPattern } from "./go-pattern.ts";
import { goText } from "../go-text.ts";
import type { Schema } from "../schema.ts";

/** Length, pattern and format of texts. The first of length and pattern that fails is told, then the format. */
export function textCauses(schema: Schema, value: unknown, path: string): FieldCause[] {
  if (typeof value !== "string") return [];
  const isText = schema.type === "string" || schema.type === undefined;
  const isOfFormat = schema.format === undefined || schema.type !== "string" || hasFormat(schema.format, value);
  return [
    ...(isText ? lengthOrPatternCauses(schema, value, path) : []),
    ...(isOfFormat ? [] : [wrongTypeCause(path, schema.format ?? "", value)]),
  ];
}

function lengthOrPatternCauses(schema: Schema, text: string, path: string): FieldCause[] {
  const { minLength, maxLength, pattern } = schema;
  const length = Array.from(text).length;
  if (maxLength !== undefined && length > maxLength) return [tooLong(path, maxLength)];
  if (minLength !== undefined && length < minLength) {
    return [invalid(path, text, `${path} in body should be at least ${minLength} chars long`)];
  }
  if (pattern !== undefined && goPattern(pattern)?.test(text) === false) {
    return [invalid(path, text, `${path} in body should match '${pattern}'`)];
  }
  return [];
}

const RANGES: Readonly<Record<string, readonly [minimum: number, maximum: number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  float: [-3.402_823_466_385_288_6e38, 3.402_823_466_385_288_6e38],
};

/** Range of the format, multiple, maximum and minimum of numbers. */
export function numberCauses(schema: Schema, value: unknown, path: string): FieldCause[] {
  if (typeof value !== "number") return [];
  return [...rangeCauses(schema, value, path), ...boundCauses(schema, value, path)];
}

function rangeCauses({ type, format }: Schema, value: number, path: string): FieldCause[] {
  if (type !== "integer" && type !== "number") return [];
  const [minimum, maximum] = RANGES[format ?? ""] ?? [-Infinity, Infinity];
  const isWhole = type === "number" || Number.isInteger(value);
  if (isWhole && value >= minimum && value <= maximum) return [];
  const wanted = format === undefined ? "(default format)" : `with format ${format}`;
  return [invalid("<nil>", "", `Checked value must be of type ${type} ${wanted} in ${path}`)];
}

function boundCauses(schema: Schema, value: number, path: string): FieldCause[] {
  const { multipleOf, maximum, minimum, exclusiveMaximum, exclusiveMinimum } = schema;
  const causes: FieldCause[] = [];
  const should = (what: string, bound: number): void => {
    causes.push(invalid(path, value, `${path} in body should be ${what} ${goText(bound)}`));
  };
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) should("a multiple of", multipleOf);
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    should(exclusiveMaximum === true ? "less than" : "less than or equal to", maximum);
  }
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    should(exclusiveMinimum === true ? "greater than" : "greater than or equal to", minimum);
  }
  return causes;
}
