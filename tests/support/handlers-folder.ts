import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

/** A handlers directory on disk that goes when the test ends. */
export interface HandlersFolder {
  readonly root: string;
  path(file: string): string;
  write(file: string, text: string): void;
  remove(file: string): void;
  rename(from: string, to: string): void;
}

export function handlersFolder(context: TestContext, files: Readonly<Record<string, string>>): HandlersFolder {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), "informd-handlers-")));
  const root = join(outer, "handlers");
  mkdirSync(root);
  context.after(() => rmSync(outer, { recursive: true, force: true }));
  const folder: HandlersFolder = {
    root,
    path: (file) => join(root, file),
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    remove: (file) => rmSync(join(root, file)),
    rename: (from, to) => renameSync(join(root, from), join(root, to)),
  };
  for (const [file, text] of Object.entries(files)) folder.write(file, text);
  return folder;
}
