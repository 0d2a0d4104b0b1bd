/** What `subPath` mounts of a ConfigMap look like from inside a container: kubelet never updates them. */
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

/**
 * The mount points at or below `directory` whose content is that of one moment for ever.
 * The fields are those of proc(5): id, parent, device, root, mount point.
 */
export function subPathMounts(mountInfo: string, directory: string): string[] {
  return mountInfo.split("\n").flatMap((line) => {
    const [, , , root = "", point = ""] = line.split(" ").map(unescaped);
    const isInside = point === directory || point.startsWith(`${directory}/`);
    return isInside && FIXED_CONTENT.test(root) ? [point] : [];
  });
}

/** Blanks and backslashes are octal there. */
function unescaped(field: string): string {
  return field.replace(/\\(\d{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
