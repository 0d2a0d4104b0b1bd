/**
 * A ConfigMap volume, written in the steps in which kubelet writes it.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/atomic_writer.go
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Path in the volume to content: keys, or what `items` and several sources make of them. */
export type Payload = Readonly<Record<string, string>>;

export type Step = "written" | "swapped" | "linked" | "cleaned";

const DATA = "..data";

export class KubeletVolume {
  readonly path: string;
  #stops: Step | undefined;
  #rest: (() => void)[] = [];

  constructor(path: string, payload: Payload) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    this.write(payload);
  }

  /** What kubelet does at a sync. With `stopAfter` it stops there; `resume` does the rest. */
  write(payload: Payload, { stopAfter }: { readonly stopAfter?: Step } = {}): void {
    const old = this.#version;
    if (old !== undefined && isSame(join(this.path, old), payload)) return;
    this.#stops = stopAfter;
    const version = this.#writeVersion(payload);
    const steps: [Step, () => void][] = [
      ["written", () => {}],
      ["swapped", () => this.#swap(version)],
      ["linked", () => this.#link(payload)],
      ["cleaned", () => this.#clean(payload, old)],
    ];
    this.#rest = steps.map(([, run]) => run);
    for (const [name] of steps) {
      this.#rest.shift()?.();
      if (name === this.#stops) return;
    }
  }

  resume(): void {
    for (const run of this.#rest.splice(0)) run();
  }

  get #version(): string | undefined {
    return existsSync(join(this.path, DATA)) ? readlinkSync(join(this.path, DATA)) : undefined;
  }

  #writeVersion(payload: Payload): string {
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-T:]/g, "_");
    const folder = mkdtempSync(join(this.path, `..${stamp}.`));
    for (const [file, content] of Object.entries(payload)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    return folder.slice(this.path.length + 1);
  }

  #swap(version: string): void {
    symlinkSync(version, join(this.path, "..data_tmp"));
    renameSync(join(this.path, "..data_tmp"), join(this.path, DATA));
  }

  /** What a container's user sees: one link for each first part of a path. */
  #link(payload: Payload): void {
    for (const name of visibleNames(payload)) {
      if (!isLink(join(this.path, name))) symlinkSync(join(DATA, name), join(this.path, name));
    }
  }

  #clean(payload: Payload, old: string | undefined): void {
    const visible = visibleNames(payload);
    for (const name of readdirSync(this.path)) {
      if (!name.startsWith("..") && !visible.has(name)) rmSync(join(this.path, name));
    }
    if (old !== undefined) rmSync(join(this.path, old), { recursive: true });
  }
}

function visibleNames(payload: Payload): ReadonlySet<string> {
  return new Set(Object.keys(payload).map((path) => path.split("/")[0] ?? path));
}

function isLink(path: string): boolean {
  try {
    readlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

function isSame(folder: string, payload: Payload): boolean {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return (
    files.length === Object.keys(payload).length &&
    files.every((file) => payload[file] === readFileSync(join(folder, file), "utf8"))
  );
}
