const LEVELS = ["", "beta", "alpha"];

/** Orders names of versions as the server does: `v10`, `v2`, `v11beta2`, `v3beta1`, `v12alpha1`, then others by their letters. */
export function byVersionPriority(a: string, b: string): number {
  const [first, second] = [rankOf(a), rankOf(b)];
  if (!first || !second) return first ? -1 : second ? 1 : a < b ? -1 : a > b ? 1 : 0;
  return first.level - second.level || second.major - first.major || second.minor - first.minor;
}

interface Rank {
  readonly level: number;
  readonly major: number;
  readonly minor: number;
}

function rankOf(version: string): Rank | undefined {
  const [, major, level = "", minor = "0"] = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(version) ?? [];
  return major === undefined ? undefined : { level: LEVELS.indexOf(level), major: Number(major), minor: Number(minor) };
}
