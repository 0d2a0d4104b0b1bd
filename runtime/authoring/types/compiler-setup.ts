/** How `tsc` checks a handlers directory: with the compiler and the options of the project around it. */
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HANDLER_TYPES } from "#assets.ts";
import { COMPILER_OPTIONS } from "../editor-project.ts";

export type CompilerSetup =
  | { readonly type: "found"; readonly tsc: string; readonly config: string }
  /** No `node_modules` above the directory has a compiler. */
  | { readonly type: "missing" };

/** Finds the compiler and writes the configuration that it gets. */
export async function setUpCompiler(directory: string): Promise<CompilerSetup> {
  const tsc = await findAbove(directory, join("node_modules", ".bin", "tsc"));
  if (tsc === undefined) return { type: "missing" };
  const config = join(dirname(dirname(tsc)), ".cache", "informd", "type-check.json");
  await writeIfOther(config, `${JSON.stringify(await configOf(directory), undefined, 2)}\n`);
  return { type: "found", tsc, config };
}

/** Only the handlers and what they import, whatever else the project holds. */
async function configOf(directory: string): Promise<object> {
  const [base, installed] = await Promise.all([
    findAbove(directory, "tsconfig.json"),
    findAbove(directory, join("node_modules", "informd", "package.json")),
  ]);
  const paths = installed === undefined ? { paths: { informd: [HANDLER_TYPES] } } : {};
  return {
    // What is inherited of `files` would be checked too.
    ...(base !== undefined && { extends: base, files: [] }),
    compilerOptions: { ...(base === undefined ? COMPILER_OPTIONS : {}), ...paths, ...NO_OUTPUT },
    include: [join(directory, "**", "*")],
    exclude: ["node_modules", "*.test.*"].map((name) => join(directory, "**", name)),
  };
}

const NO_OUTPUT = { noEmit: true, composite: false, incremental: false, tsBuildInfoFile: null } as const;

/** The nearest one, in `directory` or above. */
async function findAbove(directory: string, name: string): Promise<string | undefined> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

async function writeIfOther(path: string, text: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => undefined)) === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
