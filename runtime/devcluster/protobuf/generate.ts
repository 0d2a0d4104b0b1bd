/**
 * Writes the table of field numbers from the Go modules k8s.io/api, k8s.io/apimachinery and k8s.io/apiextensions-apiserver:
 * `node runtime/devcluster/protobuf/generate.ts $(go env GOMODCACHE)/k8s.io`. The folder holds one version of each.
 * Struct tags tell both names of a field, its number and when JSON leaves it out; no text of the sources is taken over.
 */
import { globSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readGoPackage, type GoField, type GoPackage } from "./go-source.ts";
import { SPECIAL_TYPES } from "./special-types.ts";

const TARGET = join(import.meta.dirname, "field-numbers.generated.ts");
/** Never bodies of requests to the API server. */
const NO_KINDS = /\/(admission|apidiscovery|imagepolicy)\/v\d+$/;
const SCALARS = new Set(["string", "bool", "int32", "int64", "float64"]);

const root = process.argv[2];
if (root === undefined) throw new Error("Cannot write the table: name the folder of the Go modules");
const modules = new Map(
  globSync("*@*", { cwd: root }).map((folder) => [folder.split("@")[0] ?? "", join(root, folder)]),
);
const packages = new Map<string, GoPackage>();
const messages = new Map<string, string>();
writeFileSync(TARGET, tableText());
process.stdout.write(`${messages.size} messages written to ${TARGET}\n`);

function tableText(): string {
  addMessage("k8s.io/apimachinery/pkg/apis/meta/v1", "DeleteOptions");
  const rows = ["api/*/v?", "apiextensions-apiserver/pkg/apis/apiextensions/v1"]
    .flatMap((pattern) => foldersOf(pattern))
    .filter((path) => !NO_KINDS.test(path))
    .sort()
    .map((path) => kindsRow(path));
  const lines = [...messages].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "// Written by generate.ts from the Go modules of Kubernetes. Do not edit.\n\n",
    "/** By apiVersion: where the messages of its kinds are, and the kinds. */\n",
    `export const KINDS: Readonly<Record<string, readonly [string, string]>> = {\n${rows.join("")}};\n\n`,
    "/** By message: name, number and type of each field; `~`: left out when empty; no name: its members are the message's own; `[]`: all that it is. */\n",
    "export const MESSAGES: Readonly<Record<string, string>> = {\n",
    ...lines.map(([name, fields]) => `  ${JSON.stringify(name)}: ${JSON.stringify(fields)},\n`),
    "};\n",
  ].join("");
}

/** Import paths of the folders below a module that match. */
function foldersOf(pattern: string): string[] {
  const [name = "", ...rest] = pattern.split("/");
  const folder = modules.get(name) ?? "";
  return globSync(`${rest.join("/")}/register.go`, { cwd: folder }).map((file) => `k8s.io/${name}/${dirname(file)}`);
}

function kindsRow(path: string): string {
  const { structs, group = "" } = packageAt(path);
  const kinds = [...structs].flatMap(([name, fields]) => (isKind(fields) ? [name] : [])).sort();
  for (const kind of kinds) addMessage(path, kind);
  const version = path.split("/").at(-1) ?? "";
  const apiVersion = group === "" ? version : `${group}/${version}`;
  return `  ${JSON.stringify(apiVersion)}: ${JSON.stringify([shortName(path), kinds.join(" ")])},\n`;
}

/** Lists and options of URLs are never sent. */
function isKind(fields: readonly GoField[]): boolean {
  const embeds = (type: RegExp): boolean => fields.some((field) => field.name === undefined && type.test(field.type));
  return embeds(/\bTypeMeta$/) && embeds(/\bObjectMeta$/);
}

function addMessage(path: string, name: string): string {
  const full = `${shortName(path)}.${name}`;
  if (messages.has(full) || full in SPECIAL_TYPES) return full;
  const fields = packageAt(path).structs.get(name);
  if (fields === undefined) throw new Error(`Cannot describe "${full}": ${path} has no such struct`);
  messages.set(full, "");
  const texts = fields.flatMap((field) => fieldText(path, field));
  messages.set(full, texts.join(",").replaceAll(`${shortName(path)}.`, "."));
  return full;
}

function fieldText(path: string, { name, type, tags }: GoField): string[] {
  const number = /^\w+,(\d+)/.exec(tags.get("protobuf") ?? "")?.[1];
  if (number === undefined) return [];
  const [jsonName = "", ...options] = (tags.get("json") ?? "").split(",");
  const shown = jsonName === "" && name !== undefined ? name : jsonName;
  return [
    `${shown} ${number} ${wireType(path, type)}${options.includes("omitempty") ? "~" : ""}${options.includes("omitzero") ? "~" : ""}`,
  ];
}

/** Go's type with its names resolved: `*bool`, `[]core/v1.Container`, `{}string` for maps, `bytes`. */
function wireType(path: string, type: string): string {
  if (type === "[]byte") return "bytes";
  if (SCALARS.has(type)) return type;
  const prefixed = /^(\*|\[\]|map\[[\w.]+\])(.+)$/.exec(type);
  if (prefixed) return `${prefixed[1]?.replace(/^map.*/, "{}")}${wireType(path, prefixed[2] ?? "")}`;
  const [, alias, name = ""] = /^(?:(\w+)\.)?(\w+)$/.exec(type) ?? [];
  if (alias !== undefined) return wireType(importOf(path, alias), name);
  const full = `${shortName(path)}.${name}`;
  if (full in SPECIAL_TYPES) return full;
  const named = packageAt(path).names.get(name);
  if (named === undefined) return addMessage(path, name);
  if (!named.wrapped) return wireType(path, named.type);
  messages.set(full, `[] 1 ${wireType(path, named.type)}`);
  return full;
}

function importOf(path: string, alias: string): string {
  const imported = packageAt(path).imports.get(alias);
  if (imported === undefined) throw new Error(`Cannot resolve "${alias}" in ${path}: it is not imported`);
  return imported;
}

function packageAt(path: string): GoPackage {
  const known = packages.get(path);
  if (known) return known;
  const [, name = "", ...rest] = path.split("/");
  const read = readGoPackage(join(modules.get(name) ?? "", ...rest));
  packages.set(path, read);
  return read;
}

function shortName(path: string): string {
  return path.split("/").slice(-2).join("/");
}
