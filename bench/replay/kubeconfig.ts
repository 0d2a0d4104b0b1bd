/** The kubeconfig of a replay server. JSON is YAML. */
export function replayKubeconfig(server: string): string {
  return JSON.stringify({
    clusters: [{ name: "replay", cluster: { server } }],
    users: [{ name: "replay", user: {} }],
    contexts: [{ name: "replay", context: { cluster: "replay", user: "replay" } }],
    "current-context": "replay",
  });
}
