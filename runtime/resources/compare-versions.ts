const DECIMAL = /^[1-9]\d*$/;

/**
 * Which of two `resourceVersion`s of one resource is later: negative, 0 or positive. `undefined`: they are not comparable, as with some
 * aggregated APIs (KEP-5504: decimal numbers of any length).
 */
export function compareVersions(a: string, b: string): number | undefined {
  if (!DECIMAL.test(a) || !DECIMAL.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}
