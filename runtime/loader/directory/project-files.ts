import { basename, dirname, join } from "node:path";

/** They say how imports are resolved and how sources are read: a change concerns every handler. */
const NAMES: readonly string[] = ["tsconfig.json", "package.json", "package-lock.json"];

export function isProjectFile(path: string): boolean {
  return NAMES.includes(basename(path));
}

/** Those of the project that the handlers directory lies in, whether or not they exist. */
export function projectFilesAround(root: string): readonly string[] {
  return NAMES.map((name) => join(dirname(root), name));
}
