/** `npm run imports`: tries every package in both engines, and writes docs/imports.md. */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "#kernel/clock.ts";
import { createBundler } from "#loader/build/bundler.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { fetchingHost } from "../support/fetching-host.ts";
import { CHECKOUT_PATHS } from "../support/handlers-loader.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { importsDocument, type TableRow } from "./imports-table.ts";
import { PACKAGES } from "./packages.ts";
import { handlerText, tryPackage, type TrialDeps } from "./try-package.ts";
import { openUseServer } from "./use-server.ts";

const DOCUMENT = join(import.meta.dirname, "..", "..", "docs", "imports.md");

using folder = new TemporaryDirectory();
const root = realpathSync(folder.path);
install(root);
await using server = await openUseServer();
const pool = new ProcessSandboxPool(systemClock, { bundle: await guestBundle() });
try {
  const bundle = createBundler({ root, ...CHECKOUT_PATHS });
  writeFileSync(DOCUMENT, importsDocument(await tryAll({ bundle, pool, call: fetchingHost, server: server.url })));
} finally {
  await pool.close();
}

/** The versions of the lockfile. */
function install(root: string): void {
  for (const file of ["package.json", "package-lock.json"]) {
    cpSync(join(import.meta.dirname, "versions", file), join(root, file));
  }
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
}

async function tryAll(deps: TrialDeps): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  for (const [number, use] of PACKAGES.entries()) {
    const file = `use-${number}.js`;
    writeFileSync(join(root, file), handlerText(use));
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(root, "node_modules", use.name, "package.json"), "utf8"),
    );
    const trial = await tryPackage(deps, file, use);
    process.stdout.write(`${use.name} ${JSON.stringify(trial)}\n`);
    rows.push({ use, version, trial });
  }
  return rows;
}
