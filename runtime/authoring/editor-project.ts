/** What an editor and `tsc` need around a handlers directory: a package that has the types, and the compiler's options. */
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { isRecord, parseJson, textOf } from "#kernel/json-value.ts";

export interface EditorProject {
  /** Absolute paths of what was written. */
  readonly files: readonly string[];
  readonly informd: WhereInformdIs;
}

export type WhereInformdIs =
  /** The project is a checkout of informd: it has everything. */
  | "checkout"
  /** Installed in the project. */
  | "installed"
  /** In the project's package.json, and not installed yet. */
  | "listed"
  /** Nowhere in the project. */
  | "absent";

/** Writes package.json and tsconfig.json beside the handlers directory if they are absent. Never overwrites. */
export async function writeEditorProject(directory: string, version: string): Promise<EditorProject> {
  if (await isInCheckout(directory)) return { files: [], informd: "checkout" };
  const folder = dirname(directory);
  const written = await Promise.all([
    writeIfAbsent(join(folder, "package.json"), packageJson(version)),
    writeIfAbsent(join(folder, "tsconfig.json"), { compilerOptions: COMPILER_OPTIONS, include: [basename(directory)] }),
  ]);
  return { files: written.flat(), informd: await whereInformdIs(folder) };
}

async function whereInformdIs(folder: string): Promise<WhereInformdIs> {
  if (resolves("informd/package.json", folder)) return "installed";
  const text = await readFile(join(folder, "package.json"), "utf8");
  const { dependencies, devDependencies }: Record<string, unknown> = asRecord(parseJson(text));
  return [dependencies, devDependencies].some((names) => "informd" in asRecord(names)) ? "listed" : "absent";
}

function resolves(name: string, folder: string): boolean {
  try {
    return createRequire(join(folder, "package.json")).resolve(name) !== "";
  } catch {
    return false;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Whether the nearest package.json above is informd's own: then its sources give the types. */
async function isInCheckout(directory: string): Promise<boolean> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
    if (text !== undefined) return textOf(parseJson(text), "name") === "informd";
    if (folder === dirname(folder)) return false;
  }
}

const TYPESCRIPT_RANGE = "^7.0.2";

function packageJson(version: string): object {
  return {
    private: true,
    type: "module",
    scripts: { dev: "informd dev", check: "informd check && tsc" },
    devDependencies: { informd: `^${version}`, typescript: TYPESCRIPT_RANGE },
  };
}

/** A handler is bundled, and runs neither in Node nor in a browser: a worker's globals are nearest to what it has. */
export const COMPILER_OPTIONS = {
  target: "esnext",
  module: "preserve",
  lib: ["esnext", "webworker"],
  types: [],
  strict: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
} as const;

async function writeIfAbsent(path: string, content: object): Promise<string[]> {
  try {
    await writeFile(path, `${JSON.stringify(content, undefined, 2)}\n`, { flag: "wx" });
    return [path];
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return [];
    throw error;
  }
}
