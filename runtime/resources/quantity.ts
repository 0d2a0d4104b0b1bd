/** `m` and exponents exist in Kubernetes too, but not for bytes. */
const SUFFIX_BYTES: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};
const QUANTITY = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/;

/**
 * Bytes of a Kubernetes quantity such as `"64Mi"`, `"1.5Gi"`, `"500M"`, or of a number of bytes.
 * `undefined` if it is neither, or is negative. A fraction of a byte is rounded up, as the API server does.
 */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined;
  if (typeof value !== "string") return undefined;
  const [, amount, suffix = ""] = QUANTITY.exec(value) ?? [];
  if (amount === undefined || !Object.hasOwn(SUFFIX_BYTES, suffix)) return undefined;
  return Math.ceil(Number(amount) * (SUFFIX_BYTES[suffix] ?? 1));
}
