/** `5`, `1.5Gi`, `250m`, `12e6`: sign, digits, fraction, suffix (apimachinery: `resource.Quantity`). */
const FORM = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
const EXPONENT = /^[eE]([-+]?\d+)$/;

const WRONG_FORM = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_SUFFIX = "unable to parse quantity's suffix";

const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const NANO_DIGITS = 9;
const NANO = 10n ** BigInt(NANO_DIGITS);
const MILLI = 10n ** 6n;
/** Beyond this the server keeps numbers that nobody writes as they were. */
const MAX_EXPONENT = 30;

interface Quantity {
  /** Rounded away from zero. */
  readonly nano: bigint;
  readonly format: "decimal" | "binary" | "exponent";
  /** `e` or `E`. */
  readonly mark: string;
}

/** Why the value is no quantity, in the server's words. `undefined`: it is. */
export function quantityError(value: unknown): string | undefined {
  const read = readQuantity(quantityText(value));
  return typeof read === "string" ? read : undefined;
}

/**
 * The quantity as the server writes it: the largest suffix that needs no fraction. Anything else stays as it is.
 * @param smallest `milli` where the server rounds up to thousandths: in lists of resources
 */
export function canonicalQuantity(value: unknown, smallest: "nano" | "milli"): unknown {
  const read = readQuantity(quantityText(value));
  if (typeof read === "string") return value;
  if (read === undefined) return quantityText(value).trim();
  const nano = smallest === "milli" ? roundUp(read.nano, MILLI) * MILLI : read.nano;
  if (nano === 0n) return "0";
  if (read.format === "exponent")
    return inThousands(nano, (exponent) => (exponent === 0 ? "" : `${read.mark}${exponent}`));
  const isWhole = nano % NANO === 0n;
  const isSmall = nano < 1024n * NANO && nano > -1024n * NANO;
  if (read.format === "binary" && isWhole && !isSmall) return inBinary(nano / NANO);
  return inThousands(nano, (exponent) => Object.keys(DECIMAL).find((suffix) => DECIMAL[suffix] === exponent));
}

/** In thousandths, rounded up, for comparing; `undefined` for what is no quantity. */
export function milliOf(value: unknown): bigint | undefined {
  const read = readQuantity(quantityText(value));
  return typeof read === "object" ? roundUp(read.nano, MILLI) : undefined;
}

function quantityText(value: unknown): string {
  return typeof value === "string" ? value.trim() : (JSON.stringify(value) ?? "");
}

/** A text says what is wrong; `undefined`: too large to be worth reading. */
function readQuantity(text: string): Quantity | string | undefined {
  const [, sign, digits = "", fraction = "", suffix = ""] = FORM.exec(text) ?? [];
  if (sign === undefined || text === "") return WRONG_FORM;
  const unit = unitOf(suffix);
  if (!unit) return WRONG_SUFFIX;
  const { factor, exponent, format } = unit;
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const scale = NANO_DIGITS + exponent - fraction.length;
  const mantissa = BigInt(`${digits}${fraction}` === "" ? "0" : `${digits}${fraction}`) * factor;
  const nano = scale >= 0 ? mantissa * 10n ** BigInt(scale) : roundUp(mantissa, 10n ** BigInt(-scale));
  return { nano: sign === "-" ? -nano : nano, format, mark: suffix.slice(0, 1) };
}

function unitOf(suffix: string): (Pick<Quantity, "format"> & { factor: bigint; exponent: number }) | undefined {
  const decimal = Object.hasOwn(DECIMAL, suffix) ? DECIMAL[suffix] : undefined;
  if (decimal !== undefined) return { factor: 1n, exponent: decimal, format: "decimal" };
  const binary = BINARY.indexOf(suffix);
  if (binary > 0) return { factor: 1024n ** BigInt(binary), exponent: 0, format: "binary" };
  const [, exponent] = EXPONENT.exec(suffix) ?? [];
  return exponent === undefined ? undefined : { factor: 1n, exponent: Number(exponent), format: "exponent" };
}

/** Away from zero. */
function roundUp(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

function inThousands(nano: bigint, suffixOf: (exponent: number) => string | undefined): string {
  let [amount, exponent] = [nano, -NANO_DIGITS];
  while (amount % 1000n === 0n && suffixOf(exponent + 3) !== undefined)
    [amount, exponent] = [amount / 1000n, exponent + 3];
  return `${amount}${suffixOf(exponent) ?? ""}`;
}

function inBinary(value: bigint): string {
  let [amount, step] = [value, 0];
  while (amount % 1024n === 0n && step < BINARY.length - 1) [amount, step] = [amount / 1024n, step + 1];
  return `${amount}${BINARY[step] ?? ""}`;
}
