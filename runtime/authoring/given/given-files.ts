/** Objects in files, as `kubectl apply -f` takes them: where the texts come from. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";

/** A file's content. */
export interface GivenText {
  /** As a person would name it: `pod.yaml`, `standard input`. */
  readonly name: string;
  readonly text: string;
}

export type ReadTexts =
  | { readonly type: "read"; readonly texts: readonly GivenText[] }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** For messages. */
export interface WantedFiles {
  /** What is in them: `definitions`. */
  readonly what: string;
  /** The flag that names them: `--crds`. */
  readonly flag: string;
}

const EXTENSION = /\.(ya?ml|json)$/;
const SKIPPED_FOLDER = /^(\.|node_modules$)/;

/** A file whatever its name is, or every YAML and JSON file of a folder. @param path absolute */
export async function readGivenFiles(path: string, cwd: string, { what, flag }: WantedFiles): Promise<ReadTexts> {
  try {
    const files = (await stat(path)).isDirectory() ? await filesIn(path) : [path];
    const texts = await Promise.all(
      files.map(async (file) => ({ name: nameOf(file, cwd), text: await readFile(file, "utf8") })),
    );
    return { type: "read", texts };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = UNREADABLE[code] ?? String(error);
    const message = `Cannot read ${what} "${nameOf(path, cwd)}": ${reason}. Name another file or folder with ${flag}.`;
    return { type: "failed", message };
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
