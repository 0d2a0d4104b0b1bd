import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import type { Inspect } from "#loader/inspect.ts";
import { Mount } from "#loader/snapshots/mount.ts";
import { openSnapshots } from "#loader/snapshots/open-snapshots.ts";
import type { SnapshotSource } from "#loader/snapshots/snapshot.ts";
import type { HandlerSource } from "#loader/revision.ts";
import { FollowedHandlers } from "./followed-handlers.ts";
import { CHECKOUT_PATHS } from "./handlers-loader.ts";
import { handlersFolder } from "./handlers-folder.ts";
import { inspectInVm } from "./inspect-in-vm.ts";
import { KubeletVolume, type Payload } from "./kubelet-volume.ts";

export interface MountedHandlers extends FollowedHandlers {
  readonly volume: KubeletVolume;
  /** The state directory. */
  readonly state: string;
  /** Of last good bundles: path and reason. */
  readonly unusable: readonly string[];
}

export interface MountOptions {
  readonly inspect?: Inspect;
  /** @default fails the test */
  readonly notWritten?: (path: string, reason: string) => void;
  /** @default fails the test */
  readonly notRead?: (reason: string) => void;
}

/** Has a real loader follow a volume that is written as kubelet writes it. `told` begins with the first batch. */
export async function mountHandlers(
  context: TestContext,
  payload: Payload,
  options: MountOptions = {},
): Promise<MountedHandlers> {
  const { root } = handlersFolder(context, {});
  const volume = new KubeletVolume(join(root, "mount"), payload);
  const state = join(root, "state");
  const unusable: string[] = [];
  const source = snapshotHandlers(
    new Mount({ clock: systemClock, notRead: options.notRead ?? ((reason) => assert.fail(reason)) }, volume.path),
    state,
    {
      unusable,
      ...options,
    },
  );
  const followed = await FollowedHandlers.start(context, source);
  return Object.assign(followed, { volume, state, unusable });
}

/** The whole loader over a source of snapshots, with a plain context in place of the sandbox. */
export function snapshotHandlers(
  source: SnapshotSource,
  state: string,
  { unusable = [], inspect = inspectInVm, notWritten = failOn }: MountOptions & { readonly unusable?: string[] } = {},
): HandlerSource {
  const deps = { clock: systemClock, inspect };
  return openSnapshots(deps, {
    source,
    state,
    ...CHECKOUT_PATHS,
    unusable: (path, reason) => void unusable.push(`${path}: ${reason}`),
    notWritten,
  });
}

function failOn(path: string, reason: string): void {
  assert.fail(`${path}: ${reason}`);
}
