import assert from "node:assert/strict";

import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { parseSync } from "oxc-parser";

/** Which rooms a room may import. `resources` is everybody's vocabulary. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  resources: ["kernel"],
  "handler-api": [],
  observability: ["kernel"],
  config: ["kernel"],
  kubernetes: ["kernel", "observability"],
  informer: ["kernel", "observability", "kubernetes"],
  ledger: ["kernel", "observability"],
  loader: ["kernel", "handler-api", "observability"],
  sandbox: ["kernel", "handler-api", "observability"],
  "sandbox/guest": ["handler-api", "sandbox/protocol.ts", "sandbox/sample-program.ts"],
  broker: ["kernel", "handler-api", "observability", "kubernetes", "informer"],
  dispatch: ["kernel", "handler-api", "observability"],
  supervisor: ["kernel", "handler-api", "observability", "loader", "sandbox", "dispatch"],
  authoring: [
    "kernel",
    "handler-api",
    "observability",
    "config",
    "kubernetes",
    "informer",
    "loader",
    "sandbox",
    "broker",
    "dispatch",
    "supervisor",
    "assembly",
    "assets.ts",
  ],
  assembly: [
    "assets.ts",
    "kernel",
    "handler-api",
    "observability",
    "config",
    "kubernetes",
    "informer",
    "loader",
    "broker",
    "dispatch",
    "supervisor",
  ],
  packaging: ["sandbox"],
  devcluster: ["kernel"],
  cli: ["kernel", "config", "observability", "authoring", "devcluster", "runtime.ts"],
  "assets.ts": [],
  "runtime.ts": ["kernel", "config", "loader", "sandbox", "serve-handlers.ts"],
  "serve-handlers.ts": [
    "assets.ts",
    "kernel",
    "handler-api",
    "observability",
    "config",
    "kubernetes",
    "informer",
    "ledger",
    "loader",
    "sandbox",
    "broker",
    "dispatch",
    "supervisor",
    "assembly",
    "authoring",
  ],
  "index.ts": ["handler-api", "informer", "kubernetes", "runtime.ts"],
};

/** Each dependency has one owner, a room or a file of it; `handler-api` takes only types from client-node. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  "@kubernetes/client-node": ["kubernetes", "handler-api"],
  "js-yaml": ["kubernetes", "devcluster", "authoring"],
  undici: ["kubernetes", "broker"],
  "ipaddr.js": ["broker"],
  esbuild: ["loader", "sandbox", "packaging"],
  chokidar: ["loader"],
  vm2: ["sandbox/guest", "sandbox/realm-bundle.ts"],
  commander: ["cli"],
  "prom-client": ["observability"],
};

/** For the version. */
const PACKAGE_JSON = "../package.json";

const ROOT = join(import.meta.dirname, "..", "runtime");
const FILES = globSync("**/*.{ts,cjs}", { cwd: ROOT }).sort();

interface Import {
  readonly from: string;
  readonly to: string;
}

function roomOf(file: string): string {
  if (file.startsWith("sandbox/guest/")) return "sandbox/guest";
  return file.split("/")[0] ?? file;
}

function specifiers(file: string): string[] {
  const { module, program } = parseSync(file, readFileSync(join(ROOT, file), "utf8"));
  const fixed = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
  );
  const dynamic = JSON.stringify(program, withoutBigInts).matchAll(/"type":"ImportExpression".*?"value":"([^"]+)"/g);
  return [...fixed, ...passedOn, ...Array.from(dynamic, ([, value = ""]) => value)];
}

/** JSON has none. */
function withoutBigInts(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function imports(): Import[] {
  return FILES.flatMap((from) =>
    specifiers(from).map((specifier) => {
      if (specifier.startsWith("#")) return { from, to: specifier.slice(1) };
      if (specifier.startsWith(".")) return { from, to: relative(ROOT, join(ROOT, dirname(from), specifier)) };
      return { from, to: specifier };
    }),
  );
}

function isAllowed({ from, to }: Import): boolean {
  const room = roomOf(from);
  if (to.startsWith("node:") || to === PACKAGE_JSON) return true;
  if (!FILES.includes(to)) {
    const [name = "", scoped = ""] = to.split("/");
    const owners = OWNERS[name.startsWith("@") ? `${name}/${scoped}` : name] ?? [];
    return owners.includes(room) || owners.includes(from);
  }
  const target = roomOf(to);
  const allowed = MAY_IMPORT[room] ?? [];
  return target === room || target === "resources" || allowed.includes(target) || allowed.includes(to);
}

test("rooms import only what the table allows", () => {
  const forbidden = imports().filter((one) => !isAllowed(one));
  assert.deepEqual(
    forbidden.map(({ from, to }) => `${from} → ${to}`),
    [],
  );
});

test("no file imports itself through others", () => {
  const edges = Map.groupBy(
    imports().filter(({ to }) => FILES.includes(to)),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(" → ")];
    if (done.has(file)) return [];
    const found = (edges.get(file) ?? []).flatMap(({ to }) => visit(to, [...path, file]));
    done.add(file);
    return found;
  };
  assert.deepEqual(
    FILES.flatMap((file) => visit(file, [])),
    [],
  );
});

test("every room is in the table", () => {
  const rooms = new Set(FILES.map(roomOf));
  assert.deepEqual(
    [...rooms].filter((room) => !(room in MAY_IMPORT)),
    [],
  );
});
