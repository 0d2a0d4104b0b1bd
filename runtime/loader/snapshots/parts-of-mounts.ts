import { dirname } from "node:path";
import { isMount } from "./mount.ts";
import { mountPoints } from "./sub-path-mounts.ts";

/** The mounted ConfigMaps that a directory lies in, is, or has below it. */
export function partsOfMounts(mountInfo: string, directory: string): string[] {
  return [...upFrom(directory), ...mountPoints(mountInfo, directory)].filter(isMount);
}

function upFrom(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upFrom(parent)];
}
