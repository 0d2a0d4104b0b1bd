/** The files that a sandbox runs. Made at the first start from a checkout; shipped ready in the package. */
import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { access, mkdir, readFile, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { build, version as esbuildVersion } from "esbuild";
import { learnCodeCache } from "./learn-code-cache.ts";
import { bundleRealm, compileForVm2 } from "./realm-bundle.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const GUEST = join(import.meta.dirname, "guest");
const CACHE = join(ROOT, "node_modules", ".cache", "informd");

/** Absolute paths. */
export interface GuestBundle {
  /** What Node is told to run. */
  readonly boot: string;
  /** What `boot` runs. */
  readonly program: string;
  /** What V8 has compiled of `program`; `undefined` where nothing can be written. */
  readonly codeCache: string | undefined;
}

export async function guestBundle(): Promise<GuestBundle> {
  // Beside the running bundle when installed as a package.
  const shipped = await filesIn(import.meta.dirname);
  const { boot, program } = shipped ?? (await builtFiles());
  return { boot, program, codeCache: await codeCacheOf(boot, program) };
}

/**
 * Bundles the guest, vm2 included, into `boot` and `program`.
 * @param main the program's first file
 */
export async function buildGuestBundle(folder: string, main: string = join(GUEST, "main.ts")): Promise<void> {
  const realm = await bundleRealm(join(GUEST, "realm", "main.ts"));
  await build({
    entryPoints: { guest: join(GUEST, "boot.ts"), "guest-program": main },
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node26",
    format: "cjs",
    minifyWhitespace: true,
    // vm2 would compile TypeScript with it if it were asked to.
    external: ["typescript"],
    define: { REALM_CODE: JSON.stringify(realm), VM2_REALM_CODE: JSON.stringify(await compileForVm2(realm)) },
    logLevel: "silent",
  });
}

type Files = Pick<GuestBundle, "boot" | "program">;

async function filesIn(folder: string): Promise<Files | undefined> {
  const [boot, program] = [join(folder, "guest.cjs"), join(folder, "guest-program.cjs")];
  if (!(await exists(boot))) return undefined;
  return { boot: await realpath(boot), program: await realpath(program) };
}

async function builtFiles(): Promise<Files> {
  const folder = join(CACHE, `guest-${await hashSources()}`);
  const built = await filesIn(folder);
  if (built) return built;
  await mkdir(CACHE, { recursive: true });
  const fresh = `${folder}.${process.pid}`;
  await buildGuestBundle(fresh);
  // Another process may have been faster.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
  return (await filesIn(folder)) ?? builtFiles();
}

/** V8 takes only what it has compiled itself, in the same version. */
async function codeCacheOf(boot: string, program: string): Promise<string | undefined> {
  const hash = createHash("sha256")
    .update(`${process.version} ${process.arch}`)
    .update(await readFile(program));
  const file = join(CACHE, `guest-${shorten(hash)}.code`);
  if (await exists(file)) return file;
  return (await learnCodeCache(boot, program, file)) ? file : undefined;
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256").update(`${process.version} ${esbuildVersion}`);
  const own = ["guest/**/*.ts", "protocol.ts", "sample-program.ts", "guest-bundle.ts", "realm-bundle.ts"];
  const sources = globSync(own, { cwd: import.meta.dirname }).sort();
  const files = sources.map((source) => join(import.meta.dirname, source));
  for (const file of [...files, join(ROOT, "node_modules", "vm2", "package.json")]) {
    hash.update(file).update(await readFile(file));
  }
  return shorten(hash);
}

function shorten(hash: ReturnType<typeof createHash>): string {
  return hash.digest("hex").slice(0, 16);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
