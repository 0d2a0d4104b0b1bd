/** `performance`, as far as it is a clock. */
export function createPerformance(now: () => number): object {
  const timeOrigin = Date.now() - now();
  return { now: () => now(), timeOrigin, toJSON: () => ({ timeOrigin }) };
}
