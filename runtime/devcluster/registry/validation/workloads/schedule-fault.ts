const DESCRIPTORS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
  readonly names: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: readonly Bounds[] = [
  { minimum: 0, maximum: 59, names: [] },
  { minimum: 0, maximum: 23, names: [] },
  { minimum: 1, maximum: 31, names: [] },
  { minimum: 1, maximum: 12, names: ["", ...MONTHS] },
  { minimum: 0, maximum: 6, names: DAYS },
];

/** Why a text is no schedule of a cron job, as the library says it that the server reads it with. `undefined`: it is. */
export function scheduleFault(schedule: string): string | undefined {
  if (schedule.startsWith("@")) return descriptorFault(schedule);
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`;
  }
  return FIELDS.map((bounds, index) => listFault(fields[index] ?? "", bounds)).find((fault) => fault !== undefined);
}

function descriptorFault(schedule: string): string | undefined {
  if (DESCRIPTORS.includes(schedule) || /^@every \d/.test(schedule)) return undefined;
  return `unrecognized descriptor: ${schedule}`;
}

function listFault(field: string, bounds: Bounds): string | undefined {
  return field
    .split(",")
    .filter((part) => part !== "")
    .map((part) => rangeFault(part, bounds))
    .find((fault) => fault !== undefined);
}

function rangeFault(text: string, { minimum, maximum, names }: Bounds): string | undefined {
  const [range = "", step, ...moreSteps] = text.split("/");
  const [from = "", to, ...moreEnds] = range.split("-");
  if (moreSteps.length > 0) return `too many slashes: ${text}`;
  if (moreEnds.length > 0) return `too many hyphens: ${text}`;
  const isAny = from === "*" || from === "?";
  const start = isAny ? minimum : numberOf(from, names);
  const end = isAny ? maximum : to === undefined ? (step === undefined ? start : maximum) : numberOf(to, names);
  for (const [value, part] of [
    [start, from],
    [end, to ?? from],
  ] as const) {
    if (value === undefined) return `failed to parse int from ${part}: strconv.Atoi: parsing "${part}": invalid syntax`;
  }
  if (step !== undefined && !/^\d+$/.test(step)) {
    return `failed to parse int from ${step}: strconv.Atoi: parsing "${step}": invalid syntax`;
  }
  if ((start ?? 0) < minimum) return `beginning of range (${start}) below minimum (${minimum}): ${text}`;
  if ((end ?? 0) > maximum) return `end of range (${end}) above maximum (${maximum}): ${text}`;
  if ((start ?? 0) > (end ?? 0)) return `beginning of range (${start}) beyond end of range (${end}): ${text}`;
  return step === "0" ? `step of range should be a positive number: ${text}` : undefined;
}

function numberOf(text: string, names: readonly string[]): number | undefined {
  const named = text === "" ? -1 : names.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
