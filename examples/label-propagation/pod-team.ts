// Writes the label `team` of its Namespace to a pod that has just come; namespace-team.ts does it when the label changes.
import { on } from "informd";
import { teamOf, teamPatch } from "./_team.ts";

export default on(
  "pods",
  { events: ["added"], listers: ["namespaces"], allow: { kube: ["patch pods"] } },
  async ({ object }, { listers, kube, log }) => {
    const { name, namespace } = object.metadata;
    const owner = listers.namespaces.get(namespace);
    const team = owner && teamOf(owner);
    if (team === undefined || team === teamOf(object)) return;
    await kube.patch("pods", { name }, teamPatch(team));
    log.info("team written", { name, namespace, team });
  },
);
