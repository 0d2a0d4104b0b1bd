/** The bundles that loaded last, on disk: after a restart a handler whose file is broken runs as it ran before. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRecord } from "#kernel/json-value.ts";
import { contentHash } from "../content-hash.ts";
import type { Bundle } from "../revision.ts";

export class LastGoodBundles {
  readonly #folder: string;
  readonly #onProblem: (path: string, reason: string) => void;
  #found: Promise<ReadonlyMap<string, Bundle>> | undefined;

  /** @param onProblem is told of files that are left out, and of what cannot be written */
  constructor(folder: string, onProblem: (path: string, reason: string) => void) {
    this.#folder = folder;
    this.#onProblem = onProblem;
  }

  /** What a handler file was before this start. */
  async of(file: string): Promise<Bundle | undefined> {
    this.#found ??= this.#read();
    return (await this.#found).get(file);
  }

  /** Writes what is new, and lets go of everything else. */
  async keep(bundles: Iterable<Bundle>): Promise<void> {
    const kept = new Map(Array.from(bundles, (bundle) => [nameOf(bundle), bundle]));
    try {
      await mkdir(this.#folder, { recursive: true });
      const present = new Set(await readdir(this.#folder));
      for (const [name, bundle] of kept) if (!present.has(name)) await this.#write(name, bundle);
      for (const name of present) if (!kept.has(name)) await rm(join(this.#folder, name), { force: true });
    } catch (error) {
      this.#onProblem(this.#folder, String(error));
    }
  }

  async #write(name: string, { file, code, sourceMap }: Bundle): Promise<void> {
    const path = join(this.#folder, name);
    await writeFile(`${path}.new`, JSON.stringify({ file, code, sourceMap }), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  async #read(): Promise<ReadonlyMap<string, Bundle>> {
    const names = await readdir(this.#folder).catch(() => []);
    const found = new Map<string, Bundle>();
    for (const name of names) {
      const path = join(this.#folder, name);
      const bundle = bundleIn(await readFile(path, "utf8").catch(() => ""));
      if (bundle && nameOf(bundle) === name) found.set(bundle.file, bundle);
      else this.#onProblem(path, "it does not hold what its name says");
    }
    return found;
  }
}

/** Two files can have the same code. */
function nameOf({ file, code, sourceMap }: Pick<Bundle, "file" | "code" | "sourceMap">): string {
  return `${contentHash(file, code, sourceMap)}.json`;
}

function bundleIn(text: string): Bundle | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(read)) return undefined;
  const { file, code, sourceMap } = read;
  if (typeof file !== "string" || typeof code !== "string" || typeof sourceMap !== "string") return undefined;
  return { id: contentHash(code), file, code, sourceMap, inputs: [], warnings: [] };
}
