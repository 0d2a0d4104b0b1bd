import { realpath, stat } from "node:fs/promises";
import type { Clock } from "#kernel/clock.ts";
import { createBundler } from "./bundler.ts";
import { createFileLoader } from "./file-loader.ts";
import { HandlersDirectory } from "./handlers-directory.ts";
import type { Inspect } from "./inspect.ts";
import type { HandlerSource } from "./revision.ts";

export interface HandlersDirectoryRequest {
  /** Absolute. */
  readonly directory: string;
  readonly watch: boolean;
  /** The file that `informd` means to a handler. */
  readonly handlerApi: string;
  /** The folder of the modules that stand for Node's built-in ones. */
  readonly inSandbox: string;
}

export type OpenedDirectory =
  | { readonly type: "opened"; readonly source: HandlerSource }
  /** `reason`: the fact, without the directory's name. */
  | { readonly type: "failed"; readonly reason: string };

/** The handlers of a directory, if it is one. */
export async function openHandlersDirectory(
  { clock, inspect }: { readonly clock: Clock; readonly inspect: Inspect },
  { directory, watch, handlerApi, inSandbox }: HandlersDirectoryRequest,
): Promise<OpenedDirectory> {
  const found = await stat(directory).catch(() => undefined);
  if (!found) return { type: "failed", reason: "no such directory" };
  if (!found.isDirectory()) return { type: "failed", reason: "it is not a directory" };
  const root = await realpath(directory);
  const load = createFileLoader({ bundle: createBundler({ root, handlerApi, inSandbox }), inspect });
  return { type: "opened", source: new HandlersDirectory({ clock, load }, { root, watch }) };
}
