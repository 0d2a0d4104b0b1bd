/**
 * Stages the package that is published: bundles that Node runs without stripping types, the guest's bundle,
 * declarations, documents, and a package.json of its own. `npm run build` stages it in `dist/package`, ready for `npm pack`.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { buildGuestBundle } from "#sandbox/guest-bundle.ts";
import { bundleHandlerSide, bundleHost } from "./bundles.ts";
import { copyDocuments } from "./documents.ts";
import { BUNDLED_DEPENDENCIES, stagedPackageJson } from "./package-json.ts";
import { thirdPartyNotices } from "./third-party-notices.ts";

const CHECKOUT = join(import.meta.dirname, "..", "..");
const RUNTIME = join(CHECKOUT, "runtime");

const [, , folder = join(CHECKOUT, "dist", "package")] = process.argv;
const target = resolve(folder);
await stage(target);
process.stdout.write(`wrote ${target}: "npm pack" with this folder makes a file that "npm install" takes
`);

async function stage(target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  await bundleHost(RUNTIME, target);
  await bundleHandlerSide(RUNTIME, target);
  await buildGuestBundle(target);
  writeDeclarations(join(target, "types"));
  copyFiles(target);
}

function writeDeclarations(target: string): void {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const project = join(RUNTIME, "packaging", "tsconfig.declarations.json");
  execFileSync(process.execPath, [tsc, "--project", project, "--outDir", target], { stdio: "inherit" });
}

function copyFiles(target: string): void {
  copyFileSync(join(RUNTIME, "cli", "bin.cjs"), join(target, "bin.cjs"));
  chmodSync(join(target, "bin.cjs"), 0o755);
  copyDocuments(CHECKOUT, target);
  writeFileSync(join(target, "THIRD_PARTY_NOTICES.md"), thirdPartyNotices(BUNDLED_DEPENDENCIES));
  const staged = stagedPackageJson(JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")));
  writeFileSync(join(target, "package.json"), `${JSON.stringify(staged, undefined, 2)}\n`);
}
