import { join } from "node:path";
import { systemClock, type Clock } from "#kernel/clock.ts";
import { createBundler } from "#loader/build/bundler.ts";
import { createFileLoader } from "#loader/file-loader.ts";
import { HandlersDirectory } from "#loader/directory/handlers-directory.ts";
import type { Inspect } from "#loader/inspect.ts";
import { watchFiles } from "#loader/directory/watcher.ts";
import { inspectInVm } from "./inspect-in-vm.ts";

const RUNTIME = join(import.meta.dirname, "..", "..", "runtime");

/** What the bundler needs in a checkout. */
export const CHECKOUT_PATHS = {
  handlerApi: join(RUNTIME, "handler-api", "index.ts"),
  inSandbox: join(RUNTIME, "loader", "in-sandbox"),
};

/** The whole loader on a real folder, with a plain context in place of the sandbox. */
export function handlersLoader(
  root: string,
  options: { watch?: boolean; inspect?: Inspect; clock?: Clock } = {},
): HandlersDirectory {
  const { watch = false, inspect = inspectInVm, clock = systemClock } = options;
  const loader = createFileLoader({ clock, bundle: createBundler({ root, ...CHECKOUT_PATHS }), inspect });
  return new HandlersDirectory({ clock, loader, watchFiles }, { root, watch });
}
