/** A number, or `25%` of one (upstream: `GetScaledValueFromIntOrPercent`). 0 for anything else. */
export function scaledValue(value: unknown, of: number, round: (value: number) => number): number {
  if (typeof value === "number") return value;
  const percent = typeof value === "string" ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? 0 : round((of * Number(percent)) / 100);
}
