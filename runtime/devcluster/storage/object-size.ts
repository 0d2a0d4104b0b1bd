const OVERHEAD_BYTES = 16;

/** Roughly how much memory a JSON value takes. Only what is added up is meant to be compared with a limit. */
export function objectSize(value: unknown): number {
  if (typeof value === "string") return OVERHEAD_BYTES + value.length;
  if (typeof value !== "object" || value === null) return OVERHEAD_BYTES / 2;
  let size = OVERHEAD_BYTES;
  if (Array.isArray(value)) for (const element of value) size += objectSize(element);
  // Names of members are shared between objects of one form.
  else for (const member of Object.values(value)) size += objectSize(member);
  return size;
}
