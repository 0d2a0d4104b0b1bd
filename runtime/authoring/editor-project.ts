/** What an editor and `tsc` need around a handlers directory: a package that has the types, and the compiler's options. */
import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseJson, textOf } from "#kernel/json-value.ts";

export interface EditorProject {
  /** Absolute paths of what was written. */
  readonly files: readonly string[];
  /** A checkout of informd has everything. */
  readonly project: "own" | "checkout";
}

/** Writes package.json and tsconfig.json beside the handlers directory if they are absent. Never overwrites. */
export async function writeEditorProject(directory: string, version: string): Promise<EditorProject> {
  if (await isInCheckout(directory)) return { files: [], project: "checkout" };
  const folder = dirname(directory);
  const written = await Promise.all([
    writeIfAbsent(join(folder, "package.json"), packageJson(version)),
    writeIfAbsent(join(folder, "tsconfig.json"), { compilerOptions: COMPILER_OPTIONS, include: [basename(directory)] }),
  ]);
  return { files: written.flat(), project: "own" };
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
