/** informd's image as a folder, made by the steps of its Dockerfile without a container engine. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { confine, type Confinement } from "./bubblewrap.ts";
import { parseDockerfile, type Stage, type Step } from "./dockerfile.ts";

const CHECKOUT = join(import.meta.dirname, "..", "..", "..");
const DOCKERFILE = join(CHECKOUT, "manifests", "Dockerfile");
const ROOT_USER = { uid: 0, gid: 0 };

export interface Image extends Omit<Confinement, "volumes" | "writable"> {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

interface Draft extends Image {
  readonly name: string;
}

/** @param folder takes a folder for each stage */
export function buildImage(folder: string): Image {
  const built = new Map<string, Draft>();
  for (const [index, stage] of parseDockerfile(readFileSync(DOCKERFILE, "utf8")).entries()) {
    const name = stage.name || String(index);
    built.set(name, buildStage({ ...stage, name }, join(folder, name), built));
  }
  const last = [...built.values()].at(-1);
  if (!last) throw new Error(`Cannot build an image: "${DOCKERFILE}" has no stage`);
  return last;
}

function buildStage({ name, steps }: Stage, root: string, built: ReadonlyMap<string, Draft>): Draft {
  mkdirSync(join(root, "usr", "local", "bin"), { recursive: true });
  copyFileSync(realpathSync(process.execPath), join(root, "usr", "local", "bin", "node"));
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin" };
  const draft: Draft = { name, root, user: ROOT_USER, cwd: "/", env, entrypoint: [], command: [] };
  return steps.reduce((before, step) => play(before, step, built), draft);
}

function play(draft: Draft, step: Step, built: ReadonlyMap<string, Draft>): Draft {
  switch (step.type) {
    case "WORKDIR":
      mkdirSync(join(draft.root, step.path), { recursive: true });
      return { ...draft, cwd: step.path };
    case "COPY":
      copy(draft, step, step.from === undefined ? CHECKOUT : (built.get(step.from)?.root ?? ""));
      return draft;
    case "RUN":
      run(draft, step.command);
      return draft;
    case "ENV":
      return { ...draft, env: { ...draft.env, ...step.values } };
    case "USER":
      return { ...draft, user: { uid: step.uid, gid: step.gid } };
    case "ENTRYPOINT":
      return { ...draft, entrypoint: step.args };
    case "CMD":
      return { ...draft, command: step.args };
  }
}

function copy({ root, cwd }: Draft, { sources, to }: Extract<Step, { type: "COPY" }>, from: string): void {
  const ignored = new Set(
    readFileSync(`${DOCKERFILE}.dockerignore`, "utf8")
      .split("\n")
      .map((line) => join(CHECKOUT, line)),
  );
  const target = join(root, resolve(cwd, to));
  for (const source of sources) {
    const path = join(from, source);
    const isInto = to.endsWith("/") && !source.endsWith(".");
    cpSync(path, isInto ? join(target, basename(source)) : target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => from !== CHECKOUT || file === CHECKOUT || !ignored.has(file),
    });
  }
}

/** What needs npm runs on this machine, in the stage's folder; where packages come from is this machine's matter too. */
function run(draft: Draft, command: string): void {
  const { root, cwd } = draft;
  if (command.startsWith("npm ci ")) return installAsHere(join(root, cwd));
  if (command.startsWith("npm ")) execFileSync("sh", ["-c", command], { cwd: join(root, cwd), stdio: "pipe" });
  else execFileSync("bwrap", [...confine({ ...draft, writable: true }), "sh", "-c", command], { stdio: "pipe" });
}

/** The checkout has been installed from the same lockfile. */
function installAsHere(folder: string): void {
  const installed = realpathSync(join(CHECKOUT, "node_modules"));
  execFileSync("cp", ["--archive", "--reflink=auto", installed, folder]);
}
