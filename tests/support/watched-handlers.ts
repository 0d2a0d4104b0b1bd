import type { TestContext } from "node:test";
import { systemClock, type Clock } from "#kernel/clock.ts";
import type { Inspect } from "#loader/inspect.ts";
import { FollowedHandlers } from "./followed-handlers.ts";
import { handlersFolder, type HandlersFolder } from "./handlers-folder.ts";
import { handlersLoader } from "./handlers-loader.ts";
import { inspectInVm } from "./inspect-in-vm.ts";

/** Has a real loader watch a real folder. What it told is told from the second batch on. */
export async function watchHandlers(
  context: TestContext,
  files: Readonly<Record<string, string>>,
  inspect: Inspect = inspectInVm,
  clock: Clock = systemClock,
): Promise<FollowedHandlers & { readonly folder: HandlersFolder }> {
  const folder = handlersFolder(context, files);
  const followed = await FollowedHandlers.start(context, handlersLoader(folder.root, { watch: true, inspect, clock }));
  followed.batches.length = 0;
  return Object.assign(followed, { folder });
}
