import { isRecord } from "#kernel/json-value.ts";

/** A value as the server's messages show it: texts quoted, numbers plain, the rest as JSON with sorted members. */
export function goText(value: unknown): string {
  if (typeof value === "number") return goNumber(value);
  return JSON.stringify(sorted(value ?? null));
}

/** As Go's `%v`: exponents have two digits at least. */
function goNumber(value: number): string {
  const isTiny = value !== 0 && Math.abs(value) < 1e-4;
  const text = isTiny ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}
