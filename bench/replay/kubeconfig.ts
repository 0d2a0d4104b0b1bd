import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The kubeconfig of a replay server. JSON is YAML. */
export function replayKubeconfig(server: string): string {
  return JSON.stringify({
    clusters: [{ name: "replay", cluster: { server } }],
    users: [{ name: "replay", user: {} }],
    contexts: [{ name: "replay", context: { cluster: "replay", user: "replay" } }],
    "current-context": "replay",
  });
}

/** Returns the path of the file. */
export function writeReplayKubeconfig(folder: string, server: string): string {
  const file = join(folder, "kubeconfig");
  writeFileSync(file, replayKubeconfig(server));
  return file;
}
