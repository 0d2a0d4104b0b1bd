import assert from "node:assert/strict";
import { test } from "node:test";
import { subPathMounts } from "#loader/snapshots/sub-path-mounts.ts";

const UID = "0e5d7f8e-1111-2222-3333-444455556666";
const VOLUMES = `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~configmap/handlers`;
const WHOLE = `731 712 8:1 ${VOLUMES} /etc/informd/handlers ro,relatime - ext4 /dev/sda1 rw`;
const FILE = `732 712 8:1 ${VOLUMES}/..2026_11_23_07_06_13.1595750355/pod-added.ts /etc/informd/handlers/pod-added.ts ro,relatime - ext4 /dev/sda1 rw`;
const PROJECTED =
  "733 712 0:41 /..2026_11_23_07_06_13.1595750355/lib /etc/informd/hand\\040lers ro,relatime - tmpfs tmpfs rw";
const SUB_PATH = `734 712 8:1 /var/lib/kubelet/pods/${UID}/volume-subpaths/handlers/informd/0 /etc/informd/handlers ro - ext4 /dev/sda1 rw`;

test("a whole volume is followed: it is no subPath mount", () => {
  assert.deepEqual(subPathMounts(`${WHOLE}\n`, "/etc/informd/handlers"), []);
});

test("a file of one version, mounted into the directory, is a subPath mount", () => {
  assert.deepEqual(subPathMounts(`${WHOLE}\n${FILE}\n`, "/etc/informd/handlers"), [
    "/etc/informd/handlers/pod-added.ts",
  ]);
});

test("a folder of one version, or of kubelet's own for subPath, is a subPath mount", () => {
  assert.deepEqual(subPathMounts(`${PROJECTED}\n`, "/etc/informd/hand lers"), ["/etc/informd/hand lers"]);
  assert.deepEqual(subPathMounts(`${SUB_PATH}\n`, "/etc/informd/handlers"), ["/etc/informd/handlers"]);
});

test("mounts elsewhere do not matter, nor does a machine without mountinfo", () => {
  assert.deepEqual(subPathMounts(`${FILE}\n`, "/etc/informd/other"), []);
  assert.deepEqual(subPathMounts(`${FILE}\n`, "/etc/informd/hand"), []);
  assert.deepEqual(subPathMounts("", "/etc/informd/handlers"), []);
});
