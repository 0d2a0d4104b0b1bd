const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A duration as kubectl shows ages, with at most two units: `90s`, `3m12s`, `5h`, `2d4h`, `3y10d`. */
export function humanDuration(durationMs: number): string {
  const seconds = Math.trunc(durationMs / SECOND_MS);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(durationMs / MINUTE_MS);
  if (minutes < 10) return `${minutes}m${rest(seconds % 60, "s")}`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(durationMs / HOUR_MS);
  if (hours < 8) return `${hours}h${rest(minutes % 60, "m")}`;
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 8 * 24) return `${days}d${rest(hours % 24, "h")}`;
  if (days < 2 * 365) return `${days}d`;
  const years = Math.trunc(days / 365);
  if (days < 8 * 365) return `${years}y${rest(days % 365, "d")}`;
  return `${years}y`;
}

/** How long ago a timestamp was. */
export function ageOf(timestamp: unknown, now: number): string {
  const time = typeof timestamp === "string" ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? "<unknown>" : humanDuration(now - time);
}

function rest(count: number, unit: string): string {
  return count === 0 ? "" : `${count}${unit}`;
}
