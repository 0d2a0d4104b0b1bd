// Writes the label `team` of a Namespace to all of its pods when the label changes; pod-team.ts does it for pods that come later.
// `listers` reads a second cache, and `fields` of it as few as are needed; `allow` lets `kube.patch` through.
// npx informd dev --handlers examples/label-propagation
// kubectl --kubeconfig .informd/kubeconfig label namespace demo team=shop
import { on } from "informd";
import { notOf, TEAM_PATH, teamOf, teamPatch } from "./_team.ts";

export default on(
  "namespaces",
  { events: ["added", "updated"], changed: [TEAM_PATH], listers: ["pods"], allow: { kube: ["patch pods"] } },
  async ({ object }, { listers, kube, log }) => {
    const team = teamOf(object);
    if (team === undefined) return;
    const namespace = object.metadata.name;
    const pods = listers.pods.list({ namespace, labelSelector: notOf(team), fields: ["metadata.name"] });
    for (const { metadata } of pods) {
      if (metadata?.name !== undefined) await kube.patch("pods", { name: metadata.name, namespace }, teamPatch(team));
    }
    log.info("team written", { namespace, team, pods: pods.length });
  },
);
