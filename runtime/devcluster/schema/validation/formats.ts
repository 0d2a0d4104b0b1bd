/** Whether a text has a format that the server checks (kube-openapi: `pkg/validation/strfmt`). Others are let pass. */
export function hasFormat(format: string, text: string): boolean {
  const isOfFormat = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return isOfFormat === undefined || isOfFormat(text);
}

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const HOST_LETTER = "[a-zA-Z0-9\\p{S}\\p{L}]";
const HOST_LABEL = `${HOST_LETTER}((?:${HOST_LETTER}|-){0,61}${HOST_LETTER})?`;
/** One label, or several of which the last has letters only. */
const HOST = new RegExp(
  `^(?:${HOST_LETTER}(?:-?${HOST_LETTER}{0,62})?|(?:${HOST_LABEL}\\.)+[a-zA-Z\\p{L}]{2,63})$`,
  "u",
);
const DURATION_UNIT = "ns|us|µs|μs|ms|s|m|h|nano|micro|milli|sec|min|hr|hour|d|day|w|wk|week";

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  "date-time": isDateTime,
  datetime: isDateTime,
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text),
  duration: matches(`[+-]?(0|(\\d+(\\.\\d*)?|\\.\\d+)(${DURATION_UNIT}))+|(\\d+\\s*(${DURATION_UNIT})s?\\s*)+`),
  byte: matches("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})"),
  email: matches("(.*<)?[^\\s@<>]+@[^\\s@<>]+>?"),
  hostname: (text) => text.length <= 255 && HOST.test(text),
  ipv4: isIpv4,
  ipv6: isIpv6,
  cidr: isCidr,
  mac: matches(
    "([0-9a-fA-F]{2}[:-]){5}([0-9a-fA-F]{2})|([0-9a-fA-F]{2}[:-]){7}([0-9a-fA-F]{2})|([0-9a-fA-F]{4}\\.){2}[0-9a-fA-F]{4}",
  ),
  uri: (text) => /^(?:\/|[a-zA-Z][a-zA-Z0-9+.-]*:)\S*$/.test(text),
  uuid: isUuid("[0-9a-f]"),
  uuid3: isUuid("3"),
  uuid4: isUuid("4", "[89ab]"),
  uuid5: isUuid("5", "[89ab]"),
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  creditcard: isCreditCard,
  ssn: matches("\\d{3}[- ]\\d{2}[- ]\\d{4}"),
  hexcolor: matches("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"),
  rgbcolor: isRgbColour,
  bsonobjectid: matches("[0-9a-fA-F]{24}"),
  "k8s-short-name": (text) => text.length <= 63 && matches(LABEL)(text),
  "k8s-long-name": (text) => text.length <= 253 && matches(`${LABEL}(\\.${LABEL})*`)(text),
};

function matches(pattern: string): (text: string) => boolean {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (text) => whole.test(text);
}

function isDateTime(text: string): boolean {
  const [, day, hour, minute, second] =
    /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)$/.exec(text) ?? [];
  return day !== undefined && isDay(day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

/** Zeros may lead. */
function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  return text.includes(":") && URL.canParse(`http://[${text}]/`);
}

function isCidr(text: string): boolean {
  const [address = "", prefix = "", ...rest] = text.split("/");
  const bits = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1;
  return rest.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= bits;
}

function isUuid(version: string, variant = "[0-9a-f]"): (text: string) => boolean {
  const whole = new RegExp(
    `^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`,
    "i",
  );
  return (text) => whole.test(text);
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, "");
  if (!/^\d{9}[\dX]$/.test(digits)) return false;
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + (index + 1) * (digit === "X" ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, "");
  if (!/^\d{13}$/.test(digits)) return false;
  return (
    Array.from(digits).reduce((total, digit, index) => total + (index % 2 === 0 ? 1 : 3) * Number(digit), 0) % 10 === 0
  );
}

/** By Luhn's sum. */
function isCreditCard(text: string): boolean {
  const digits = text.replace(/[^0-9]+/g, "");
  if (!/^\d{12,19}$/.test(digits)) return false;
  const doubled = (digit: number): number => (digit > 4 ? digit * 2 - 9 : digit * 2);
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => total + (index % 2 === 0 ? Number(digit) : doubled(Number(digit))), 0);
  return sum % 10 === 0;
}

function isRgbColour(text: string): boolean {
  const channels = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/.exec(text)?.slice(1) ?? [];
  return channels.length === 3 && channels.every((channel) => Number(channel) <= 255);
}
