import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { checkTypes } from "#authoring/types/check-types.ts";
import { TemporaryDirectory } from "./temporary-directory.ts";

const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));

/** A project with a compiler of its own, and without `informd`. @param files below its folder */
export function typeProject(files: Readonly<Record<string, string>>): TemporaryDirectory {
  const folder = new TemporaryDirectory({ ...files, "node_modules/.bin/keep": "" });
  symlinkSync(join(TYPESCRIPT, "bin", "tsc"), join(folder.path, "node_modules", ".bin", "tsc"));
  return folder;
}

/** What the compiler finds in handlers, a line each: `file:line:column code message`. */
export async function compileHandlers(handlers: Readonly<Record<string, string>>): Promise<string[]> {
  using folder = typeProject(
    Object.fromEntries(Object.entries(handlers).map(([file, text]) => [`handlers/${file}`, text])),
  );
  const request = { directory: join(folder.path, "handlers"), environment: process.env };
  const result = await checkTypes(request, new AbortController().signal);
  assert.ok(result.type === "checked", JSON.stringify(result));
  return result.findings.map(({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`);
}
