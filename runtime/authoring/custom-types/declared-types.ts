import { access, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Whoever has more has types from somewhere else. */
const MAX_FILES = 2_000;
const SOURCE = /\.[cm]?ts$/;
const SKIPPED_FOLDER = /^(\.|node_modules$|dist$)/;

/**
 * Whether a source of the handlers' project declares one of these names in `Resources`.
 * @param directory of the handlers, absolute
 */
export async function areDeclared(names: readonly string[], directory: string): Promise<boolean> {
  const entry = new RegExp(`^\\s*(?:${names.map(escaped).join("|")})\\s*:`, "m");
  for (const file of (await sourcesIn(await projectFolder(directory))).slice(0, MAX_FILES)) {
    const text = await readFile(file, "utf8").catch(() => "");
    const [, ...declarations] = text.split(/\binterface\s+Resources\s*\{/);
    if (declarations.some((one) => entry.test(untilClosed(one)))) return true;
  }
  return false;
}

/** What stands before the brace that closes the one before it. */
function untilClosed(text: string): string {
  let open = 1;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    open += brace === "{" ? 1 : -1;
    if (open === 0) return text.slice(0, index);
  }
  return text;
}

/** The name as an entry begins, bare or quoted. */
function escaped(name: string): string {
  return `["']?${name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}["']?`;
}

/** The folder around the handlers directory, if it is one of a project in TypeScript. */
async function projectFolder(directory: string): Promise<string> {
  const around = dirname(directory);
  const found = ["package.json", "tsconfig.json"].map((file) =>
    access(join(around, file)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(found)).includes(true) ? around : directory;
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDER.test(entry.name) ? [] : sourcesIn(path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(files)).flat();
}
