/** `node:url`: the standard classes, and the way between paths and file URLs. */
function fileURLToPath(url: string | URL): string {
  const { protocol, pathname } = new URL(url);
  if (protocol !== "file:") throw new TypeError(`Cannot make a path of "${String(url)}": it is no file URL`);
  return decodeURIComponent(pathname);
}

function pathToFileURL(path: string): URL {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return new URL(`file://${path.startsWith("/") ? "" : "/"}${encoded}`);
}

/** Node's old form of a parsed URL. Relative texts have a path and nothing else. */
function parse(text: string): Record<string, string | null> {
  const base = "relative://relative";
  const { protocol, hostname, host, port, pathname, search, hash, href } = new URL(text, base);
  const isRelative = protocol === "relative:";
  return {
    href: isRelative ? text : href,
    protocol: isRelative ? null : protocol,
    host: isRelative ? null : host,
    hostname: isRelative ? null : hostname,
    port: port === "" ? null : port,
    pathname: isRelative && !text.startsWith("/") ? pathname.slice(1) : pathname,
    search: search === "" ? null : search,
    query: search === "" ? null : search.slice(1),
    hash: hash === "" ? null : hash,
  };
}

function format(url: URL | string): string {
  return String(url);
}

export const builtIn = { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse, format };
