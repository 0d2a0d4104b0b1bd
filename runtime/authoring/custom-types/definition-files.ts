/** CustomResourceDefinitions in files, as `kubectl apply -f` takes them. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { elementsOf, isRecord, textOf } from "#kernel/json-value.ts";
import { parseManifest } from "#kubernetes/manifest.ts";

/** A text and what it is called. */
export interface DefinitionText {
  /** As a person would name it: a path, or `standard input`. */
  readonly name: string;
  readonly text: string;
}

export interface Definition {
  readonly name: string;
  readonly definition: unknown;
}

export type ReadDefinitions =
  | { readonly type: "read"; readonly definitions: readonly Definition[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export type ReadTexts =
  | { readonly type: "read"; readonly texts: readonly DefinitionText[] }
  | Extract<ReadDefinitions, { type: "failed" }>;

const EXTENSION = /\.(ya?ml|json)$/;
const SKIPPED_FOLDER = /^(\.|node_modules$)/;

/** A file whatever its name is, or every YAML and JSON file of a folder. @param path absolute */
export async function readDefinitionFiles(path: string, cwd: string): Promise<ReadTexts> {
  try {
    const files = (await stat(path)).isDirectory() ? await filesIn(path) : [path];
    const texts = await Promise.all(
      files.map(async (file) => ({ name: nameOf(file, cwd), text: await readFile(file, "utf8") })),
    );
    return { type: "read", texts };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = UNREADABLE[code] ?? String(error);
    return failed(
      `Cannot read definitions "${nameOf(path, cwd)}": ${reason}. Name another file or folder with --crds.`,
    );
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
};

function nameOf(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way === "" ? "." : way.startsWith("..") ? path : way;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDER.test(entry.name) ? [] : filesIn(path);
    return EXTENSION.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(files)).flat();
}

/** Every definition in the texts; what else is in them is passed over. */
export function definitionsIn(texts: readonly DefinitionText[]): ReadDefinitions {
  const definitions: Definition[] = [];
  for (const { name, text } of texts) {
    const manifest = parseManifest(text);
    if (manifest.type === "invalid") {
      return failed(
        `Cannot read definitions "${name}": it is neither YAML nor JSON: ${manifest.reason}. Correct it there.`,
      );
    }
    for (const object of manifest.documents.flatMap(itemsOf)) {
      if (textOf(object, "kind") !== "CustomResourceDefinition") continue;
      const apiVersion = textOf(object, "apiVersion");
      if (apiVersion !== "apiextensions.k8s.io/v1") return failed(otherVersion(name, apiVersion));
      definitions.push({ name, definition: object });
    }
  }
  return { type: "read", definitions };
}

/** What a `List` holds, or a `CustomResourceDefinitionList`, whose items need not name their kind. */
function itemsOf(document: unknown): unknown[] {
  const kind = textOf(document, "kind") ?? "";
  if (!kind.endsWith("List")) return [document];
  const itemKind =
    kind === "List" ? {} : { apiVersion: textOf(document, "apiVersion"), kind: kind.slice(0, -"List".length) };
  return elementsOf(document, "items").flatMap((item) => (isRecord(item) ? itemsOf({ ...itemKind, ...item }) : []));
}

function otherVersion(name: string, apiVersion = ""): string {
  return `Cannot use a CustomResourceDefinition of "${name}": its apiVersion is "${apiVersion}". Write it as apiextensions.k8s.io/v1, the only one since Kubernetes 1.22.`;
}

function failed(message: string): Extract<ReadDefinitions, { type: "failed" }> {
  return { type: "failed", message };
}
