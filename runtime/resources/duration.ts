const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/**
 * Milliseconds of `"250ms"`, `"30s"`, `"1h30m"`, as Go writes durations, or of a number that is milliseconds already.
 * `undefined` if it is neither, is negative or is not finite.
 */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== "string" || !DURATION.test(value)) return undefined;
  const parts = Array.from(value.matchAll(PART), ([, amount, unit = ""]) => Number(amount) * (UNIT_MS[unit] ?? 0));
  return Math.round(parts.reduce((sum, part) => sum + part, 0));
}
