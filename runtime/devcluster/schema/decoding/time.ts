/**
 * Times as the server reads and writes them (apimachinery: `metav1.Time`, `metav1.MicroTime`). Its errors are those of
 * Go's `time.Parse`, which goes through its layout part by part.
 */
const LAYOUT = "2006-01-02T15:04:05Z07:00";
const MICRO_LAYOUT = "2006-01-02T15:04:05.000000Z07:00";

interface Part {
  /** What Go's layout calls it. */
  readonly name: string;
  /** What stands before it. */
  readonly before: string;
  readonly form: RegExp;
  readonly range?: readonly [minimum: number, maximum: number, name: string];
}

const DATE_AND_MINUTES: readonly Part[] = [
  { name: "2006", before: "", form: /^\d{4}/ },
  { name: "01", before: "-", form: /^\d\d/, range: [1, 12, "month"] },
  { name: "02", before: "-", form: /^\d\d/ },
  { name: "15", before: "T", form: /^\d\d?/, range: [0, 23, "hour"] },
  { name: "04", before: ":", form: /^\d\d/, range: [0, 59, "minute"] },
];
const ZONE: Part = { name: "Z07:00", before: "", form: /^(?:Z|[+-]\d\d:\d\d)/ };
const PARTS = [
  ...DATE_AND_MINUTES,
  { name: "05", before: ":", form: /^\d\d(?:[.,]\d+)?/, range: [0, 59.999_999_999, "second"] as const },
  ZONE,
];
const MICRO_PARTS = [
  ...DATE_AND_MINUTES,
  { name: "05", before: ":", form: /^\d\d/, range: [0, 59, "second"] as const },
  { name: ".000000", before: "", form: /^[.,]\d{6}/ },
  ZONE,
];

/** Why the text is no time, in Go's words. `undefined`: it is. */
export function timeError(text: string, isMicro: boolean): string | undefined {
  const read = readTime(text, isMicro);
  if (!("fault" in read)) return undefined;
  return `parsing time ${JSON.stringify(text)}${read.fault}`;
}

/** The time as the server writes it: in UTC, to the second or the microsecond. Anything else stays as it is. */
export function canonicalTime(text: string, isMicro: boolean): string {
  const read = readTime(text, isMicro);
  if ("fault" in read) return text;
  const [year = "", month = "", day = "", hour = "", minute = "", second = "", ...rest] = read.values;
  const [zone = "Z", fraction = ""] = rest.toReversed();
  const date = new Date(`${year}-${month}-${day}T${hour.padStart(2, "0")}:${minute}:${second.slice(0, 2)}${zone}`);
  return date.toISOString().replace(/\.\d+Z$/, isMicro ? `.${fraction.slice(1)}Z` : "Z");
}

function readTime(text: string, isMicro: boolean): { readonly values: string[] } | { readonly fault: string } {
  const layout = JSON.stringify(isMicro ? MICRO_LAYOUT : LAYOUT);
  const values: string[] = [];
  let rest = text;
  for (const { name, before, form, range } of isMicro ? MICRO_PARTS : PARTS) {
    if (!rest.startsWith(before)) return { fault: cannotParse(layout, rest, before) };
    rest = rest.slice(before.length);
    const [value] = form.exec(rest) ?? [];
    if (value === undefined) return { fault: cannotParse(layout, rest, name) };
    rest = rest.slice(value.length);
    if (range && !isWithin(value, range)) return { fault: `: ${range[2]} out of range` };
    values.push(value);
  }
  if (rest !== "") return { fault: `: extra text: ${JSON.stringify(rest)}` };
  return isDayOfMonth(values) ? { values } : { fault: ": day out of range" };
}

function cannotParse(layout: string, rest: string, part: string): string {
  return ` as ${layout}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(part)}`;
}

function isWithin(value: string, [minimum, maximum]: readonly [number, number, string]): boolean {
  const number = Number(value.replace(",", "."));
  return number >= minimum && number <= maximum;
}

function isDayOfMonth([year, month, day]: readonly string[]): boolean {
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= days;
}
