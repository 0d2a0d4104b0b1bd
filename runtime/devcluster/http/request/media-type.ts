/** One entry of `Accept`, or a `Content-Type`. Names are lower-case. */
export interface MediaType {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** `undefined` for what is no media type. */
export function parseMediaType(text: string): MediaType | undefined {
  const [type = "", ...rest] = text.split(";");
  const parameters: Record<string, string> = {};
  for (const parameter of rest) {
    const [, name, value] = PARAMETER.exec(parameter) ?? [];
    if (name === undefined || value === undefined) return undefined;
    parameters[name.toLowerCase()] = value.startsWith('"') ? value.slice(1, -1) : value;
  }
  const name = type.trim().toLowerCase();
  return MEDIA_TYPE.test(name) ? { type: name, parameters } : undefined;
}

/** What `Accept` lists, the best first: by `q`, then as listed. What cannot be read is left out. */
export function parseAccept(header: string): MediaType[] {
  return header
    .split(",")
    .map((entry) => parseMediaType(entry))
    .filter((entry) => entry !== undefined)
    .map((entry) => ({ entry, quality: Number(entry.parameters["q"] ?? 1) }))
    .sort((a, b) => b.quality - a.quality)
    .map(({ entry }) => entry);
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}$`);
const PARAMETER = new RegExp(`^\\s*(${TOKEN})\\s*=\\s*(${TOKEN}|"[^"]*")\\s*$`);
