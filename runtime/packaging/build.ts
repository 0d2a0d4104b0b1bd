/** Stages the package that is published in `dist/package`: bundles that Node runs without stripping types, declarations, the guest's one-file bundle. */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { buildGuestBundle } from "#sandbox/guest-bundle.ts";
import { stagedPackageJson } from "./package-json.ts";

const CHECKOUT = join(import.meta.dirname, "..", "..");
const RUNTIME = join(CHECKOUT, "runtime");
const PACKAGE = join(CHECKOUT, "dist", "package");

rmSync(PACKAGE, { recursive: true, force: true });
await buildHost();
await buildHandlerSide();
await buildGuestBundle(join(PACKAGE, "guest.cjs"));
buildDeclarations();
copyFiles();

/** The command and the library. Dependencies stay outside: npm installs them. */
async function buildHost(): Promise<void> {
  await build({
    entryPoints: { cli: join(RUNTIME, "cli/main.ts"), index: join(RUNTIME, "index.ts") },
    outdir: PACKAGE,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node26",
    packages: "external",
    sourcemap: "linked",
    logLevel: "warning",
  });
}

/** What goes into handlers' bundles: what `informd` means there, and the stand-ins for Node's built-in modules. */
async function buildHandlerSide(): Promise<void> {
  await build({
    entryPoints: [join(RUNTIME, "handler-api/index.ts"), join(RUNTIME, "loader/in-sandbox/*.ts")],
    outbase: RUNTIME,
    outdir: PACKAGE,
    entryNames: "[dir]/[name]",
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "warning",
  });
}

function buildDeclarations(): void {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  execFileSync(process.execPath, [tsc, "--project", join(RUNTIME, "packaging", "tsconfig.declarations.json")], {
    stdio: "inherit",
  });
}

function copyFiles(): void {
  copyFileSync(join(RUNTIME, "cli/bin.cjs"), join(PACKAGE, "bin.cjs"));
  chmodSync(join(PACKAGE, "bin.cjs"), 0o755);
  for (const file of ["README.md", "LICENSE"]) copyFileSync(join(CHECKOUT, file), join(PACKAGE, file));
  const staged = stagedPackageJson(JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")));
  writeFileSync(join(PACKAGE, "package.json"), `${JSON.stringify(staged, undefined, 2)}\n`);
}
