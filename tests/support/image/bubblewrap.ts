/** Runs programs in a root file system of their own, without a container engine: bubblewrap does it for everybody. */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

export interface Confinement {
  /** What the image added to its base, as a folder. */
  readonly root: string;
  readonly writable: boolean;
  readonly user: { readonly uid: number; readonly gid: number };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folders of this machine by the paths at which they appear: volumes. */
  readonly volumes?: Readonly<Record<string, { readonly folder: string; readonly writable: boolean }>>;
}

/** For the `skip` option of a suite. */
export const skipWithoutBubblewrap: string | false =
  spawnSync("bwrap", ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"]).status === 0
    ? false
    : "needs bubblewrap and user namespaces: apt-get install bubblewrap";

/** This machine's own Debian stands for the base's. Returns the arguments of `bwrap` in front of a command. */
export function confine({ root, writable, user, cwd, env, volumes = {} }: Confinement): string[] {
  const bind = writable ? "--bind" : "--ro-bind";
  return [
    "--unshare-all --share-net --die-with-parent --new-session --as-pid-1 --clearenv".split(" "),
    ["--uid", String(user.uid), "--gid", String(user.gid)],
    baseOfThisMachine(),
    "--proc /proc --dev /dev --tmpfs /tmp".split(" "),
    addedFolders(root).flatMap((folder) => [bind, join(root, folder), `/${folder}`]),
    Object.entries(volumes).flatMap(([path, { folder, writable }]) => [
      writable ? "--bind" : "--ro-bind",
      folder,
      path,
    ]),
    Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
    ["--chdir", cwd],
  ].flat();
}

function baseOfThisMachine(): string[] {
  const programs = ["/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib64"].filter((folder) => existsSync(folder));
  const links = ["/bin", "/sbin", "/lib", "/lib64"].filter(
    (path) => existsSync(path) && lstatSync(path).isSymbolicLink(),
  );
  return [
    ...programs.flatMap((folder) => ["--ro-bind", folder, folder]),
    ...links.flatMap((path) => ["--symlink", readlinkSync(path), path]),
  ];
}

/** `usr` is the base's, but for `usr/local`. */
function addedFolders(root: string): string[] {
  return readdirSync(root).flatMap((name) => (name === "usr" ? ["usr/local"] : [name]));
}
