import { resolve } from "node:path";

/** Of files and folders, as absolute paths; `-`, which is standard input, stays. */
export function givenPaths(paths: readonly string[], cwd: string): string[] {
  return paths.map((path) => (path === "-" ? path : resolve(cwd, path)));
}
