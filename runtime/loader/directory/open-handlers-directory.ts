import { opendir, realpath } from "node:fs/promises";
import type { Clock } from "#kernel/clock.ts";
import { createBundler } from "../build/bundler.ts";
import { createFileLoader } from "../file-loader.ts";
import { HandlersDirectory } from "./handlers-directory.ts";
import type { Inspect } from "../inspect.ts";
import type { HandlerSource } from "../revision.ts";
import { watchFiles } from "./watcher.ts";

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
  const unreadable = await reasonNotToRead(directory);
  if (unreadable !== undefined) return { type: "failed", reason: unreadable };
  const root = await realpath(directory);
  const loader = createFileLoader({ clock, bundle: createBundler({ root, handlerApi, inSandbox }), inspect });
  return { type: "opened", source: new HandlersDirectory({ clock, loader, watchFiles }, { root, watch }) };
}

async function reasonNotToRead(directory: string): Promise<string | undefined> {
  try {
    const opened = await opendir(directory);
    await opened.close();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such directory",
  ENOTDIR: "it is not a directory",
  EACCES: "permission denied",
};

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? message;
}
