import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openHandlers } from "#assembly/handlers/open-handlers.ts";
import { systemClock } from "#kernel/clock.ts";
import { inspectInVm } from "../support/inspect-in-vm.ts";
import { KubeletVolume } from "../support/kubelet-volume.ts";
import { RecordingLogger } from "../support/recording-logger.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const HANDLER = "export default () => {};\n";

/** What no handler of this directory may write. */
async function sealOf(directory: string, state: string): Promise<string> {
  const deps = { clock: systemClock, inspect: inspectInVm, logger: new RecordingLogger() };
  const place = { origin: { type: "directory", path: directory }, mountedMaps: [], watch: false, state } as const;
  const open = await openHandlers(deps, place);
  assert.ok(typeof open === "function");
  const opened = open("ops");
  assert.ok(opened.type === "opened");
  return opened.seal.type;
}

test("handlers that a link brings from a mounted ConfigMap are sealed as those in it", async () => {
  const folder = temporaryFolder();
  const volume = new KubeletVolume(join(folder, "mount"), { "team/pod-added.ts": HANDLER });
  const [linked, ofLinks, plain] = ["linked", "of-links", "plain"].map((name) => join(folder, name));
  assert.ok(linked && ofLinks && plain);
  symlinkSync(join(volume.path, "team"), linked);
  for (const directory of [ofLinks, plain]) mkdirSync(directory);
  symlinkSync(join(volume.path, "team", "pod-added.ts"), join(ofLinks, "pod-added.ts"));
  writeFileSync(join(plain, "pod-added.ts"), HANDLER);
  const state = join(folder, "state");
  const seals = await Promise.all([volume.path, linked, ofLinks, plain].map((directory) => sealOf(directory, state)));
  assert.deepEqual(new Set(seals.slice(0, 3)).size, 1);
  assert.notEqual(seals[0], "none");
  assert.equal(seals[3], "none");
});
