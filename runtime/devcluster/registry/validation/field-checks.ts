import { elementsOf, numberOf, textOf } from "#kernel/json-value.ts";
import { goText } from "../../schema/go-text.ts";
import { invalid, notSupported, required, type FieldCause } from "../../schema/field-causes.ts";

/** Checks that most kinds need. Each says what is wrong with one field, or nothing. */
export type Faults = (text: string) => readonly string[];

/** What is wrong with the elements of a list, each with its own path. */
export function eachOf(
  value: unknown,
  name: string,
  path: string,
  causes: (element: unknown, path: string, index: number) => FieldCause[],
): FieldCause[] {
  return elementsOf(value, name).flatMap((element, index) => causes(element, `${path}[${index}]`, index));
}

export function requiredText(value: unknown, name: string, path: string, detail = ""): FieldCause[] {
  return textOf(value, name) ? [] : [required(`${path}.${name}`, detail)];
}

/** @param faults looked for where there is a text */
export function namedText(value: unknown, name: string, path: string, faults: Faults): FieldCause[] {
  const text = textOf(value, name) ?? "";
  return text === "" ? [] : faults(text).map((fault) => invalid(`${path}.${name}`, text, fault));
}

export function requiredName(value: unknown, name: string, path: string, faults: Faults): FieldCause[] {
  return textOf(value, name) ? namedText(value, name, path, faults) : [required(`${path}.${name}`)];
}

/** An empty or absent text is let pass. */
export function supportedText(value: unknown, name: string, path: string, supported: readonly string[]): FieldCause[] {
  const text = textOf(value, name) ?? "";
  return text === "" || supported.includes(text) ? [] : [notSupported(`${path}.${name}`, text, supported)];
}

export function nonNegative(value: unknown, ...members: readonly [path: string, ...names: string[]]): FieldCause[] {
  const [path, ...names] = members;
  return names.flatMap((name) => {
    const number = numberOf(value, name) ?? 0;
    return number < 0 ? [invalid(`${path}.${name}`, number, "must be greater than or equal to 0")] : [];
  });
}

export function within(value: unknown, path: string, minimum: number, maximum: number): FieldCause[] {
  if (typeof value !== "number" || (value >= minimum && value <= maximum)) return [];
  return [invalid(path, value, `must be between ${minimum} and ${maximum}, inclusive`)];
}

const MAX_PORT = 65_535;

export function portCauses(port: unknown, path: string): FieldCause[] {
  return within(port, path, 1, MAX_PORT);
}

export function immutable(path: string, value: unknown, old: unknown): FieldCause[] {
  return goText(value) === goText(old) ? [] : [invalid(path, value ?? null, "field is immutable")];
}
