import { type Printed, run } from "./run-informd.ts";
import { TemporaryDirectory } from "./temporary-directory.ts";

/** Runs `informd invoke` in a folder. */
export function invoke(folder: TemporaryDirectory, args: readonly string[], input = ""): Promise<Printed> {
  return run(["invoke", ...args], folder.path, { input });
}

/** With the handler `pod-added`, a Pod for it in `pod.yaml`, and more files. */
export function folderWith(handler: string, files: Readonly<Record<string, string>> = {}): TemporaryDirectory {
  return new TemporaryDirectory({ "handlers/pod-added.ts": handler, "pod.yaml": POD, ...files });
}

export const POD = `
apiVersion: v1
kind: Pod
metadata:
  name: web-1
  labels: { app: web }
`;
