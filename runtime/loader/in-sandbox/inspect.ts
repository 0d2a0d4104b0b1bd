/** A value as text, for people: the shape of Node's `util.inspect` without its options but `depth`. */
export function inspect(value: unknown, { depth = 2 }: { readonly depth?: number | null } = {}): string {
  return show(value, depth ?? Infinity, []);
}

function show(value: unknown, depth: number, around: readonly unknown[]): string {
  if (typeof value === "string") return around.length === 0 ? `'${value}'` : JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[Function: ${value.name === "" ? "(anonymous)" : value.name}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (around.includes(value)) return "[Circular]";
  if (value instanceof Error) return value.stack ?? String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (depth < 0) return Array.isArray(value) ? "[Array]" : "[Object]";
  const inner = (item: unknown): string => show(item, depth - 1, [...around, value]);
  if (Array.isArray(value)) return list("[", value.map(inner), "]");
  if (value instanceof Set) return `Set(${value.size}) ${list("{", Array.from(value, inner), "}")}`;
  if (value instanceof Map) {
    const entries = Array.from(value, ([key, item]) => `${inner(key)} => ${inner(item)}`);
    return `Map(${value.size}) ${list("{", entries, "}")}`;
  }
  return list(
    "{",
    Object.entries(value).map(([key, item]) => `${key}: ${inner(item)}`),
    "}",
  );
}

function list(open: string, items: readonly string[], close: string): string {
  return items.length === 0 ? `${open}${close}` : `${open} ${items.join(", ")} ${close}`;
}

/** Node's `util.format`: `%s %d %i %f %j %o %O %%`, the rest appended. */
export function format(...args: readonly unknown[]): string {
  const [first, ...rest] = args;
  if (typeof first !== "string") return args.map(asText).join(" ");
  const text = first.replace(/%[sdifjoO%]/g, (mark) => {
    if (mark === "%%") return "%";
    return rest.length === 0 ? mark : formatOne(mark, rest.shift());
  });
  return [text, ...rest.map(asText)].join(" ");
}

function formatOne(mark: string, value: unknown): string {
  switch (mark) {
    case "%s":
      return asText(value);
    case "%d":
      return String(Number(value));
    case "%i":
      return String(Math.trunc(Number(value)));
    case "%f":
      return String(Number.parseFloat(String(value)));
    case "%j":
      return JSON.stringify(value);
    default:
      return inspect(value);
  }
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}
