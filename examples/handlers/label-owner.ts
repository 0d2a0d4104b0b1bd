// Writes a label back: the pods of a namespace get the owner that the Namespace names in its annotation.
// `listers` reads a second cache, `allow` lets `kube.patch` through; the handler itself holds no credential.
import { on } from "informd";

export default on(
  "pods",
  { events: ["added"], listers: ["namespaces"], allow: { kube: ["patch pods"] } },
  async ({ object }, { listers, kube, log }) => {
    const { name, namespace, labels } = object.metadata;
    const owner = listers.namespaces.get(namespace)?.metadata.annotations?.["example.com/owner"];
    if (owner === undefined || labels?.["owner"] === owner) return;
    await kube.patch("pods", { name }, { metadata: { labels: { owner } } });
    log.info("owner written", { name, owner });
  },
);
