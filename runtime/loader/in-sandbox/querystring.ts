/** `node:querystring`. */
type Value = string | number | boolean | readonly (string | number | boolean)[];

function parse(text: string, separator = "&", equals = "="): Record<string, string | string[]> {
  const parsed: Record<string, string | string[]> = {};
  for (const pair of text.split(separator).filter((pair) => pair !== "")) {
    const at = pair.indexOf(equals);
    const name = unescape(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? "" : unescape(pair.slice(at + equals.length));
    const before = Object.hasOwn(parsed, name) ? parsed[name] : undefined;
    parsed[name] = before === undefined ? value : [before, value].flat();
  }
  return parsed;
}

function stringify(values: Readonly<Record<string, Value>>, separator = "&", equals = "="): string {
  return Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((one) => `${escape(name)}${equals}${escape(String(one))}`))
    .join(separator);
}

function escape(text: string): string {
  return encodeURIComponent(text);
}

function unescape(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

export const builtIn = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
