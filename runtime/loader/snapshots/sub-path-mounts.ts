/** What mounts look like from inside a container. Those by `subPath` of a ConfigMap are never updated by kubelet. */
import { readFileSync } from "node:fs";

/** Text of /proc/self/mountinfo; `""` where there is none. */
export function readMountInfo(): string {
  try {
    return readFileSync("/proc/self/mountinfo", "utf8");
  } catch {
    return "";
  }
}

/** A folder of a volume that is swapped as a whole, or kubelet's own folder for `subPath`. */
const FIXED_CONTENT = /\/\.\.\d{4}_\d\d_\d\d_|\/volume-subpaths\//;

/** The mount points at or below `directory` whose content is that of one moment for ever. */
export function subPathMounts(mountInfo: string, directory: string): string[] {
  return mountsIn(mountInfo, directory).flatMap(({ root, point }) => (FIXED_CONTENT.test(root) ? [point] : []));
}

/** The mount points at or below `directory`. */
export function mountPoints(mountInfo: string, directory: string): string[] {
  return mountsIn(mountInfo, directory).map(({ point }) => point);
}

interface MountInfo {
  /** Within what is mounted. */
  readonly root: string;
  readonly point: string;
}

/** The fields are those of proc(5): id, parent, device, root, mount point. */
function mountsIn(mountInfo: string, directory: string): MountInfo[] {
  return mountInfo.split("\n").flatMap((line) => {
    const [, , , root = "", point = ""] = line.split(" ").map(unescaped);
    return point === directory || point.startsWith(`${directory}/`) ? [{ root, point }] : [];
  });
}

/** Blanks and backslashes are octal there. */
function unescaped(field: string): string {
  return field.replace(/\\(\d{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
