import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly optional?: boolean }>>;
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), "utf8"));
}

test("only node and esbuild run a script at install, and package.json allows exactly these", () => {
  const { packages } = read("package-lock.json") as Lockfile;
  const { allowScripts } = read("package.json") as { allowScripts: Readonly<Record<string, boolean>> };
  const withScript = Object.entries(packages)
    .filter(([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true)
    .map(([path]) => path.replace("node_modules/", ""));
  assert.deepEqual(withScript.sort(), ["esbuild", "node"]);
  assert.deepEqual(Object.keys(allowScripts).sort(), ["esbuild", "node"]);
});
