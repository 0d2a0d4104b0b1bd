import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { TemporaryDirectory } from "./temporary-directory.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** What a clone does not have. */
const LEFT_OUT: ReadonlySet<string> = new Set([".git", ".informd", "dist", "node_modules"]);

/** The checkout as a clone of it would be, after `npm install`: no caches, no state. */
export function freshCheckout(): TemporaryDirectory {
  const folder = new TemporaryDirectory();
  cpSync(ROOT, folder.path, { recursive: true, filter: (source) => !LEFT_OUT.has(relative(ROOT, source)) });
  mkdirSync(join(folder.path, "node_modules"));
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name !== ".cache") symlinkSync(join(ROOT, "node_modules", name), join(folder.path, "node_modules", name));
  }
  return folder;
}
