import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { access, mkdir, readFile, realpath, rename } from "node:fs/promises";
import { join } from "node:path";
import { build, version as esbuildVersion } from "esbuild";
import { bundleRealm } from "./realm-bundle.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const GUEST = join(import.meta.dirname, "guest");
/** Beside the running bundle when installed as a package. */
const SHIPPED = join(import.meta.dirname, "guest.cjs");
const CACHE = join(ROOT, "node_modules", ".cache", "informd");

/** The one file that a sandbox runs. Made at the first start from a checkout; shipped ready in the package. */
export async function guestBundle(): Promise<string> {
  if (await exists(SHIPPED)) return realpath(SHIPPED);
  const file = join(CACHE, `${await hashSources()}.cjs`);
  if (!(await exists(file))) {
    await mkdir(CACHE, { recursive: true });
    const fresh = `${file}.${process.pid}`;
    await buildGuestBundle(fresh);
    await rename(fresh, file);
  }
  return realpath(file);
}

/** Bundles the guest, vm2 included, into `outfile`. */
export async function buildGuestBundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(GUEST, "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node26",
    format: "cjs",
    minifyWhitespace: true,
    // vm2 would compile TypeScript with it if it were asked to.
    external: ["typescript"],
    define: { REALM_CODE: JSON.stringify(await bundleRealm(join(GUEST, "realm", "main.ts"))) },
    logLevel: "silent",
  });
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256").update(`${process.version} ${esbuildVersion}`);
  const sources = globSync(["guest/**/*.ts", "protocol.ts", "guest-bundle.ts", "realm-bundle.ts"], {
    cwd: import.meta.dirname,
  }).sort();
  const files = sources.map((source) => join(import.meta.dirname, source));
  for (const file of [...files, join(ROOT, "node_modules", "vm2", "package.json")]) {
    hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
