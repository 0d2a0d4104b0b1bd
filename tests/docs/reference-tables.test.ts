/** Tables of the documents that list what there is: nothing is left out, nothing is made up. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { parseSync, Visitor } from "oxc-parser";
import { parseJson } from "#kernel/json-value.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { powerfulEntries } from "#authoring/powerful-entries.ts";
import { resolveInformerOptions } from "#informer/informer-options.ts";
import { optionsOf } from "../support/handler-options.ts";
import { pool, serve } from "../support/sandbox-rig.ts";

const ROOT = join(import.meta.dirname, "..", "..");

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The cells of each row of the first table below a heading. */
function rowsBelow(file: string, heading: string): readonly (readonly string[])[] {
  const [, section] = read(file).split(`\n${heading}\n`);
  assert.ok(section !== undefined, `${file} has no "${heading}"`);
  const [, table = ""] = /^\| ---.*\|\n((?:\|.*\|\n)+)/m.exec(section) ?? [];
  return [...table.matchAll(/^\| (.*) \|$/gm)].map(([, row = ""]) => row.split(" | ").map((cell) => cell.trim()));
}

/** Every `name` of a text, without its arguments. */
function names(cell = ""): string[] {
  return [...cell.matchAll(/`([\w./]*\w)[^`]*`/g)].map(([, name = ""]) => name);
}

/** The members of an interface, or the literals of a union. */
function declared(file: string, type: string): string[] {
  const found: string[] = [];
  new Visitor({
    TSInterfaceDeclaration({ id, body }) {
      if (id.name !== type) return;
      for (const member of body.body) {
        const key = "key" in member && member.key?.type === "Identifier" ? member.key.name : undefined;
        if (key !== undefined) found.push(key);
      }
    },
    TSTypeAliasDeclaration({ id, typeAnnotation }) {
      if (id.name !== type || typeAnnotation.type !== "TSUnionType") return;
      for (const one of typeAnnotation.types)
        if (one.type === "TSLiteralType" && one.literal.type === "Literal") found.push(String(one.literal.value));
    },
  }).visit(parseSync(file, read(file)).program);
  assert.notEqual(found.length, 0, `${file} declares no ${type}`);
  return found;
}

function assertSame(documented: readonly string[], known: readonly string[]): void {
  assert.deepEqual([...new Set(documented)].toSorted(), [...new Set(known)].toSorted());
}

const OPTIONS = rowsBelow("docs/handlers.md", "## Options");

test("docs/handlers.md has a row for every option", () => {
  const documented = OPTIONS.flatMap(([option]) => names(option));
  const groups = new Set(documented.filter((name) => name.includes(".")).map((name) => name.split(".")[0]));
  const known = declared("runtime/handler-api/options.ts", "HandlerOptions").filter((name) => !groups.has(name));
  const allowed = declared("runtime/handler-api/options.ts", "AllowOptions").map((name) => `allow.${name}`);
  assertSame(documented, [...known, ...allowed]);
});

test("docs/handlers.md says what holds without an option", () => {
  const without = resolveOptions("pods", {});
  for (const [option = "", value = ""] of OPTIONS) {
    const [name = ""] = names(option);
    const [, text] = /^`(.*)`$/.exec(value) ?? [];
    if (text === undefined) continue;
    const json = text.replaceAll(/(\w+):/g, '"$1":');
    assert.deepEqual(
      resolveOptions("pods", { [name]: parseJson(json) }),
      without,
      `${name} is not ${value} by default`,
    );
  }
});

test("the documents have every member of a handler's context", () => {
  const known = declared("runtime/handler-api/context.ts", "HandlerContext");
  const inHandlers = rowsBelow("docs/handlers.md", "## The context").flatMap(([cell]) =>
    names(cell?.replace(".<", "`<")),
  );
  const [missing] = /^`[^|]+ (?:is|are) not there yet/m.exec(read("docs/handlers.md")) ?? [];
  assertSame([...inHandlers, ...names(missing)], known);
  const inCapabilities = rowsBelow("docs/capabilities.md", "## The rest").flatMap(([cell]) => names(cell));
  const sections = read("docs/capabilities.md").match(/^## `\w+`$/gm) ?? [];
  assertSame([...inCapabilities, ...sections.flatMap(names)], known);
});

test("docs/capabilities.md has every call of kube", () => {
  const documented = rowsBelow("docs/capabilities.md", "## `kube`").flatMap(([cell]) => names(cell).slice(0, 1));
  assertSame(documented, declared("runtime/handler-api/kube.ts", "Kube"));
});

test("docs/lister.md has every method of a lister", () => {
  const documented = [...read("docs/lister.md").matchAll(/^\| `(\w+)\(/gm)].map(([, name = ""]) => name);
  assertSame(documented, declared("runtime/handler-api/lister.ts", "Lister"));
});

test("docs/events.md has every type, cause and member of an event", () => {
  const first = (heading: string): string[] => rowsBelow("docs/events.md", heading).flatMap(([cell]) => names(cell));
  const file = "runtime/handler-api/events.ts";
  assertSame(first("## Types"), declared(file, "EventType"));
  assertSame(first("## Causes"), declared(file, "Cause"));
  assertSame(first("## What every event has"), declared(file, "EventBase"));
});

test("docs/library.md has every option of an informer, with what holds without it", () => {
  const rows = rowsBelow("docs/library.md", "## The factory");
  assertSame(
    rows.flatMap(([cell]) => names(cell)),
    declared("runtime/informer/informer-options.ts", "InformerOptions"),
  );
  const resolved: Readonly<Record<string, unknown>> = { ...resolveInformerOptions({}) };
  for (const [option = "", value = ""] of rows) {
    const [, literal] = /^`?(\d+|true|false)\b(?! \w|\.)/.exec(value) ?? [];
    if (literal !== undefined) assert.deepEqual(resolved[names(option)[0] ?? ""], parseJson(literal), option);
  }
});

/** A paragraph that begins with this text. */
function paragraph(beginning: string): string {
  const found = read("docs/capabilities.md")
    .split("\n\n")
    .find((one) => one.startsWith(beginning));
  assert.ok(found !== undefined, `docs/capabilities.md has no "${beginning}"`);
  return found;
}

test("docs/capabilities.md lists the built-in modules that a handler can import", () => {
  const [, table = ""] = /IN_SANDBOX[^]*?\[([^]*?)\n\]\);/.exec(read("runtime/loader/build/built-in-modules.ts")) ?? [];
  const known = [...table.matchAll(/^ {2}\["([^"]+)"/gm)].map(([, name = ""]) => name);
  assert.ok(known.length > 10);
  assertSame(names(paragraph("`assert`")), known);
});

test("docs/capabilities.md lists the globals that a sandbox has, and those that it has not", async (t) => {
  const { run, logs } = await serve(await pool(t), "says-what-is-there");
  const [there = "", absent = ""] = paragraph("Beside JavaScript's own").split("`Proxy`");
  const shims = read("runtime/sandbox/guest/realm/shims/install.ts");
  const lists = [...shims.matchAll(/const (?:classes|globals) = \{([^]*?)\n {2}\}/g)].map(([, list = ""]) => list);
  const installed = lists.flatMap((list) => [...list.matchAll(/^ {4}(\w+)/gm)].map(([, name = ""]) => name));
  assert.equal(lists.length, 2);
  const members = ["randomUUID", "getRandomValues", "subtle"];
  const documented = names(there).filter((name) => !members.includes(name));
  for (const name of installed) assert.ok(documented.includes(name), `${name} is not documented`);
  await run([...documented, "Proxy", ...names(absent)].join(" "));
  const types = logs.at(-1)?.fields as Readonly<Record<string, string>>;
  for (const name of documented) assert.notEqual(types[name], "undefined", name);
  assert.equal(types["Proxy"], "undefined");
});

test("docs/README.md has a line for every document", () => {
  const linked = [...read("docs/README.md").matchAll(/^- \[([\w-]+\.md)\]\(\1\): .+$/gm)].map(([, name = ""]) => name);
  const files = globSync("docs/*.md", { cwd: ROOT }).map((file) => basename(file));
  assertSame(
    linked,
    files.filter((file) => file !== "README.md"),
  );
});

const VERBS = ["get", "create", "patch"];

test("docs/check.md has every right that gives more than it names, as check says it", () => {
  const rows = rowsBelow("docs/check.md", "## Rights that give more");
  assert.ok(rows.length > 10);
  for (const [entries = "", power = ""] of rows) {
    const texts = [...entries.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
    const verbs = entries.startsWith("any") ? ["get", "create"] : texts.filter((text) => VERBS.includes(text));
    const resources = texts.filter((text) => !VERBS.includes(text));
    const kube = resources.flatMap((one) => (one.includes(" ") ? [one] : verbs.map((verb) => `${verb} ${one}`)));
    const found = powerfulEntries(optionsOf("pods", { allow: { kube } }), undefined);
    assert.deepEqual(
      found.map((one) => [one.entry, one.power]),
      kube.map((entry) => [entry, power]),
    );
  }
  const documented = rows.map(([, power = ""]) => power);
  const source = read("runtime/authoring/powerful-entries.ts");
  assertSame(
    documented,
    [...source.matchAll(/(?:does: |RUNS_CONTAINERS = )"([^"]+)"/g)].map(([, does = ""]) => does),
  );
});
