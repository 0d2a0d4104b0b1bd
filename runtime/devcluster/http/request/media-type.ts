/** One entry of `Accept`, or a `Content-Type`. */
export interface MediaType {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A `Content-Type`, in lower case; `undefined` for what is none. */
export function parseContentType(header: string): MediaType | undefined {
  const [type = "", ...rest] = header.split(";");
  const parameters = rest.map(parameterOf);
  const name = type.trim().toLowerCase();
  if (!MEDIA_TYPE.test(name) || parameters.includes(undefined)) return undefined;
  return { type: name, parameters: Object.fromEntries(parameters.filter((one) => one !== undefined)) };
}

/** What `Accept` lists, the best first: by `q`, then the more exact, then as listed. Unlike others, the server minds case. */
export function parseAccept(header: string): MediaType[] {
  return header
    .split(",")
    .map((entry) => {
      const [type = "", ...rest] = entry.split(";");
      const parameters = rest.map(parameterOf).filter((one) => one !== undefined);
      return { type: type.trim(), parameters: Object.fromEntries(parameters) };
    })
    .sort((a, b) => qualityOf(b) - qualityOf(a) || exactness(b) - exactness(a));
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}$`);
const PARAMETER = new RegExp(`^\\s*(${TOKEN})\\s*=\\s*(${TOKEN}|"[^"]*")\\s*$`);

function parameterOf(text: string): readonly [name: string, value: string] | undefined {
  const [, name, value] = PARAMETER.exec(text) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return [name.toLowerCase(), value.startsWith('"') ? value.slice(1, -1) : value];
}

function qualityOf({ parameters: { q = "1" } }: MediaType): number {
  return Number.isNaN(Number(q)) ? 1 : Number(q);
}

/** How many of its two parts are no star. */
function exactness({ type }: MediaType): number {
  return type.split("/").filter((part) => part !== "*").length;
}
