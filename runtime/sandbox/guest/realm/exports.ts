const HANDLER = Symbol.for("informd.handler");

/** The functions of one handler. */
export interface Handler {
  readonly run: (event: unknown, context: unknown) => unknown;
  readonly when: ((event: unknown) => unknown) | undefined;
}

/** `LoadedModule`: what the program exports, as data. */
export function describeModule(exports: unknown): unknown {
  return { default: shapeOf(property(exports, "default")), config: toData(property(exports, "config")) };
}

/** The handler at `entry` of the default export. Throws if there is none: the host has inspected it before. */
export function selectHandler(exports: unknown, entry: number): Handler {
  const exported = property(exports, "default");
  const item: unknown = Array.isArray(exported) ? exported[entry] : exported;
  const made = property(item, HANDLER) === 1;
  const run = made ? property(item, "handler") : item;
  const when = property(made ? property(item, "options") : property(exports, "config"), "when");
  if (!isCallable(run)) throw new TypeError(`the default export has no handler ${entry}`);
  return { run, when: isCallable(when) ? when : undefined };
}

function shapeOf(value: unknown): object {
  if (Array.isArray(value)) return { type: "array", items: value.map(shapeOf) };
  if (property(value, HANDLER) === 1) {
    return {
      type: "handler",
      resource: toData(property(value, "resource")),
      options: toData(property(value, "options")),
    };
  }
  if (typeof value !== "function") return { type: "other", found: value === null ? "null" : typeof value };
  return isClass(value) ? { type: "other", found: "class" } : { type: "function" };
}

/** As JSON; a function becomes `true`. */
function toData(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "function" ? true : inner));
  return text === undefined ? undefined : JSON.parse(text);
}

function property(value: unknown, name: PropertyKey): unknown {
  return typeof value === "object" || typeof value === "function" ? value && Reflect.get(value, name) : undefined;
}

function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}

function isCallable(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === "function" && !isClass(value);
}
