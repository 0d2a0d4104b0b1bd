/** `node:path` as it is on Linux, with `/` as the working directory. */
const CWD = "/";

interface ParsedPath {
  readonly root: string;
  readonly dir: string;
  readonly base: string;
  readonly ext: string;
  readonly name: string;
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

function normalize(path: string): string {
  if (path === "") return ".";
  const parts = collapse(path.split("/"), isAbsolute(path)).join("/");
  const end = path.endsWith("/") && parts !== "" ? "/" : "";
  if (isAbsolute(path)) return `/${parts}${end}`;
  return parts === "" ? (path.endsWith("/") ? "./" : ".") : `${parts}${end}`;
}

function collapse(parts: readonly string[], rooted: boolean): string[] {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!rooted) kept.push(part);
  }
  return kept;
}

function join(...paths: readonly string[]): string {
  return normalize(paths.filter((path) => path !== "").join("/"));
}

function resolve(...paths: readonly string[]): string {
  const from = paths.findLastIndex(isAbsolute);
  const used = from === -1 ? [CWD, ...paths] : paths.slice(from);
  return `/${collapse(used.join("/").split("/"), true).join("/")}`;
}

function relative(from: string, to: string): string {
  const source = resolve(from).split("/").filter(Boolean);
  const target = resolve(to).split("/").filter(Boolean);
  const differs = source.findIndex((part, at) => part !== target[at]);
  const shared = differs === -1 ? source.length : differs;
  return [...source.slice(shared).map(() => ".."), ...target.slice(shared)].join("/");
}

function dirname(path: string): string {
  return folderOf(path) || ".";
}

/** `""` if the path has one part only. */
function folderOf(path: string): string {
  const trimmed = path.replace(/(?<=.)\/+$/, "");
  const slash = trimmed.lastIndexOf("/");
  return slash <= 0 ? trimmed.slice(0, slash + 1) : trimmed.slice(0, slash);
}

function basename(path: string, suffix = ""): string {
  const base = path.replace(/\/+$/, "").split("/").at(-1) ?? "";
  return suffix !== "" && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
}

function extname(path: string): string {
  const base = basename(path);
  const dot = base.lastIndexOf(".");
  return dot <= 0 || base === ".." ? "" : base.slice(dot);
}

function parse(path: string): ParsedPath {
  const base = basename(path);
  const ext = extname(path);
  const root = isAbsolute(path) ? "/" : "";
  return { root, dir: folderOf(path), base, ext, name: basename(base, ext) };
}

function format({ root = "", dir = root, name = "", ext = "", base = name + ext }: Partial<ParsedPath>): string {
  if (dir === "") return base;
  return dir === root ? dir + base : `${dir}/${base}`;
}

const posix = {
  sep: "/",
  delimiter: ":",
  isAbsolute,
  normalize,
  join,
  resolve,
  relative,
  dirname,
  basename,
  extname,
  parse,
  format,
  toNamespacedPath: (path: string): string => path,
};

export const builtIn = { ...posix, posix };
