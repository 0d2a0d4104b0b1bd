/** The parts of `URL` that can be read. */
const PARTS = [
  "href",
  "origin",
  "protocol",
  "username",
  "password",
  "host",
  "hostname",
  "port",
  "pathname",
  "search",
  "hash",
] as const;

/** `[input, base]`, or `[href, part, value]` to change one part. Returns the parts as JSON; `""` if it is no URL. */
export function parseUrl(text: string): string {
  const request: (string | null)[] = JSON.parse(text);
  const [input, base, value] = request;
  if (typeof input !== "string") return "";
  const url = URL.parse(input, request.length === 2 && typeof base === "string" ? base : undefined);
  if (!url) return "";
  if (request.length === 3 && typeof base === "string") Reflect.set(url, base, value);
  return JSON.stringify(Object.fromEntries(PARTS.map((part) => [part, url[part]])));
}
