/** The schedule of a CronJob: five fields of numbers, in UTC. */

interface CronField {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly CronField[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
  { min: 0, max: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];
const MACROS: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
const MINUTE_MS = 60_000;
/** A day that comes only in leap years is found, the 30th of February is not. */
const SEARCHED_MINUTES = 5 * 366 * 24 * 60;

export interface CronSchedule {
  /** The first moment after this one, milliseconds since the epoch; `undefined` if there is none. */
  readonly nextAfter: (timeMs: number) => number | undefined;
}

/** `undefined` for a text that is no schedule. */
export function parseCronSchedule(text: string): CronSchedule | undefined {
  const parts = (MACROS[text.trim()] ?? text).trim().split(/\s+/);
  const sets = FIELDS.map((field, i) => parseField(parts[i] ?? "", field));
  const [minutes, hours, days, months, weekdays] = sets;
  if (parts.length !== FIELDS.length || !minutes || !hours || !days || !months || !weekdays) return undefined;
  const isAnyDay = parts[2]?.startsWith("*") === true || parts[4]?.startsWith("*") === true;
  const isOn = (date: Date): boolean => {
    const [day, weekday] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
    // Two restrictions on the day are alternatives.
    return months.has(date.getUTCMonth() + 1) && (isAnyDay ? day && weekday : day || weekday);
  };
  return {
    nextAfter(timeMs) {
      let at = (Math.floor(timeMs / MINUTE_MS) + 1) * MINUTE_MS;
      const end = at + SEARCHED_MINUTES * MINUTE_MS;
      while (at < end) {
        const date = new Date(at);
        if (!isOn(date)) at = startOfNextDay(date);
        else if (hours.has(date.getUTCHours()) && minutes.has(date.getUTCMinutes())) return at;
        else at += MINUTE_MS;
      }
      return undefined;
    },
  };
}

function parseField(text: string, field: CronField): ReadonlySet<number> | undefined {
  const parts = text.split(",").map((part) => parseRange(part, field));
  const values = parts.flatMap((part) => part ?? []);
  if (parts.some((part) => part === undefined)) return undefined;
  // Sunday has two numbers.
  return new Set(values.map((value) => (field.max === 7 ? value % 7 : value)));
}

/** `5`, `1-5` or all, with a step or without. */
function parseRange(text: string, field: CronField): readonly number[] | undefined {
  const [, from = "", to, step = "1"] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(text) ?? [];
  const isAll = from === "*" || from === "?";
  const first = isAll ? field.min : valueOf(from, field);
  const hasStep = text.includes("/");
  const last = isAll || (hasStep && to === undefined) ? field.max : to === undefined ? first : valueOf(to, field);
  if (first === undefined || last === undefined || first > last || Number(step) === 0) return undefined;
  return Array.from({ length: Math.floor((last - first) / Number(step)) + 1 }, (_, i) => first + i * Number(step));
}

function valueOf(text: string, { min, max, names = [] }: CronField): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = /^\d+$/.test(text) ? Number(text) : named >= 0 && text !== "" ? named : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

function startOfNextDay(date: Date): number {
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
}
