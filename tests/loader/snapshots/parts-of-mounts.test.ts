import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { partsOfMounts } from "#loader/snapshots/parts-of-mounts.ts";
import { KubeletVolume } from "../../support/kubelet-volume.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

test("a folder in a mounted ConfigMap is a part of it", () => {
  const { path } = new KubeletVolume(join(temporaryFolder(), "mount"), { "billing/one.ts": "" });
  assert.deepEqual(partsOfMounts("", join(path, "billing")), [path]);
});

test("a folder has the ConfigMaps that are mounted into it", () => {
  const folder = temporaryFolder();
  const { path } = new KubeletVolume(join(folder, "billing"), { "one.ts": "" });
  mkdirSync(join(folder, "scratch"));
  const mountInfo = [path, join(folder, "scratch")]
    .map((point, at) => `${at} 1 8:1 /volumes/v ${point} ro,relatime - ext4 /dev/sda1 rw\n`)
    .join("");
  assert.deepEqual(partsOfMounts(mountInfo, folder), [path]);
});

test("a folder that is nowhere near a mount has no part in one", () => {
  assert.deepEqual(partsOfMounts("", temporaryFolder()), []);
});
