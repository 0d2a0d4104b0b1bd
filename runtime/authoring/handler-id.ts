import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import { handlerIdOf } from "#loader/directory/handler-files.ts";

/** The id that somebody means who writes `pod-added`, `pod-added.ts` or `handlers/pod-added.ts`. @param root the handlers directory, without links */
export async function handlerIdFrom(written: string, cwd: string, root: string): Promise<string> {
  const path = await realpath(resolve(cwd, written)).catch(() => undefined);
  const inside = path === undefined ? undefined : relative(root, path);
  const isInside = inside !== undefined && inside !== "" && !inside.startsWith("..") && !isAbsolute(inside);
  return handlerIdOf(isInside ? inside.replaceAll("\\", "/") : written);
}
