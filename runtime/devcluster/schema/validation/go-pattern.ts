/** POSIX classes of Go's syntax, which JavaScript lacks. */
const CLASSES: Readonly<Record<string, string>> = {
  "[:alnum:]": "0-9A-Za-z",
  "[:alpha:]": "A-Za-z",
  "[:digit:]": "0-9",
  "[:lower:]": "a-z",
  "[:space:]": "\\s",
  "[:upper:]": "A-Z",
  "[:word:]": "\\w",
  "[:xdigit:]": "0-9A-Fa-f",
};

/** A regular expression in Go's syntax as one of JavaScript's. `undefined`: it is none. */
export function goPattern(pattern: string): RegExp | undefined {
  const [, flags = "", rest = pattern] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  const source = rest
    .replaceAll("(?P<", "(?<")
    .replaceAll("\\A", "^")
    .replaceAll("\\z", "$")
    .replaceAll(/\[:[a-z]+:\]/g, (name) => CLASSES[name] ?? name);
  return compiled(source, `${flags}u`) ?? compiled(source, flags);
}

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
