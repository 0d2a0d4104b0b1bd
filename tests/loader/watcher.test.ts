import assert from "node:assert/strict";
import { test } from "node:test";
import { watch } from "chokidar";
import type { FSWatcher } from "chokidar";
import { isSourceFile, watchFiles } from "#loader/directory/watcher.ts";
import { handlersFolder } from "../support/handlers-folder.ts";

test("watcher hears of sources and of nothing that editors and tools leave beside them", () => {
  for (const name of ["a.ts", "a.mts", "_a.js", "a.tsx", "a.cjs", "data.json", "tsconfig.json"]) {
    assert.equal(isSourceFile(`/handlers/${name}`), true, name);
  }
  const left = ["4913", "a.ts~", ".a.ts.swp", ".#a.ts", "#a.ts#", "a.ts___jb_tmp___", "a.ts___jb_old___", "a.tmp.ts"];
  for (const name of [...left, ".a.ts.Xy12Ab", "informd.log", "README.md"]) {
    assert.equal(isSourceFile(`/handlers/${name}`), false, name);
  }
});

test("watcher looks at the files now and then where the system has no watches left", async (context) => {
  const folder = handlersFolder(context, { "a.ts": "1" });
  const backends: unknown[] = [];
  const touched = Promise.withResolvers<string>();
  const open = (paths: string[], options: Parameters<typeof watch>[1]): FSWatcher => {
    const watcher = watch(paths, options);
    backends.push(options?.backend);
    if (backends.length === 1) setImmediate(() => watcher.emit("error", new Error("ENOSPC")));
    return watcher;
  };
  const watcher = await watchFiles(folder.root, touched.resolve, open);
  context.after(() => watcher.close());
  folder.write("a.ts", "22");
  assert.equal(await touched.promise, folder.path("a.ts"));
  assert.equal(backends.at(-1), "polling");
});
