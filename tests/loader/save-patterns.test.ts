import assert from "node:assert/strict";
import { closeSync, openSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { watchHandlers } from "../support/watched-handlers.ts";

type Save = (path: string, text: string) => void | Promise<void>;

/** How editors and tools write a file, as far as a watcher can tell. */
const PATTERNS: Readonly<Record<string, Save>> = {
  "writes in place": (path, text) => writeFileSync(path, text),
  async "truncates, then writes (VS Code)"(path, text) {
    truncateSync(path);
    await wait(5);
    writeFileSync(path, text);
  },
  "writes a new file and keeps the old one as a backup for a moment (vim)"(path, text) {
    const probe = join(dirname(path), "4913");
    writeFileSync(probe, "");
    rmSync(probe);
    renameSync(path, `${path}~`);
    writeFileSync(path, text);
    rmSync(`${path}~`);
  },
  "renames the old file away and a new one in (JetBrains)"(path, text) {
    writeFileSync(`${path}___jb_tmp___`, text);
    renameSync(path, `${path}___jb_old___`);
    renameSync(`${path}___jb_tmp___`, path);
    rmSync(`${path}___jb_old___`);
  },
  "renames a hidden file over it (sed, prettier, rsync)"(path, text) {
    const temporary = join(dirname(path), ".pod-added.ts.Xy12Ab");
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  },
  "locks with a dangling link and writes in place (Emacs)"(path, text) {
    const lock = join(dirname(path), ".#pod-added.ts");
    symlinkSync("user@host.1234", lock);
    writeFileSync(join(dirname(path), "#pod-added.ts#"), text);
    writeFileSync(path, text);
    rmSync(join(dirname(path), "#pod-added.ts#"));
    rmSync(lock);
  },
  async "writes in chunks"(path, text) {
    const file = openSync(path, "w");
    const size = Math.ceil(text.length / 4);
    for (let at = 0; at < text.length; at += size) {
      writeSync(file, text.slice(at, at + size));
      await wait(5);
    }
    closeSync(file);
  },
  async "removes the file and creates it again"(path, text) {
    rmSync(path);
    await wait(30);
    writeFileSync(path, text);
  },
};

/** No part of it is a handler. */
function source(save: string): string {
  return `export default function podAdded() {\n  const saved = "${save}";\n  return [saved, {}];\n}\n`;
}

for (const [name, save] of Object.entries(PATTERNS)) {
  test(`watching builds the final content once, without a false error, for an editor that ${name}`, async (context) => {
    const watched = await watchHandlers(context, { "pod-added.ts": source("none") });
    for (const text of ["first", "second", "third"]) {
      await save(watched.folder.path("pod-added.ts"), source(text));
      await watched.untilBuilt(text);
    }
    await watched.quiet();
    assert.deepEqual(watched.told, ["pod-added changed", "pod-added changed", "pod-added changed"]);
  });
}

test("watching builds the final content, without a false error, for a writer that pauses between chunks", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": source("none") });
  const file = openSync(watched.folder.path("pod-added.ts"), "w");
  const text = source("slow");
  for (const part of [text.slice(0, 40), text.slice(40, 70), text.slice(70)]) {
    writeSync(file, part);
    await wait(60);
  }
  closeSync(file);
  await watched.untilBuilt("slow");
  await watched.quiet();
  assert.deepEqual(watched.told, ["pod-added changed"]);
});

test("watching builds again when a formatter rewrites the file after the save", async (context) => {
  const watched = await watchHandlers(context, { "pod-added.ts": source("none") });
  watched.folder.write("pod-added.ts", source("unformatted"));
  await wait(80);
  watched.folder.write("pod-added.ts", source("formatted, at last"));
  await watched.untilBuilt("formatted, at last");
  await watched.quiet();
  assert.deepEqual(watched.problems, []);
});
