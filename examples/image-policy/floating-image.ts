// Reports pods with an image that may change under its name: it has no tag, or `latest`. A digest is always fine.
// An index finds all other pods with that image at once, without looking at every pod in the cluster.
// npx informd dev --handlers examples/image-policy
// kubectl --kubeconfig .informd/kubeconfig -n demo set image deployment/web web=example/web:latest
import { on } from "informd";

export default on(
  "pods",
  { events: ["added"], indexes: { byImage: "spec.containers[*].image" }, allow: { kube: ["create events"] } },
  async ({ object }, { lister, kube, log }) => {
    const { name, namespace } = object.metadata;
    const images = new Set(object.spec?.containers.map(({ image = "" }) => image));
    for (const image of [...images].filter(isFloating)) {
      const pods = lister.byIndex("byImage", image).length;
      log.warn("floating image", { name, namespace, image, pods });
      const message = `Image "${image}", in ${pods} pods, may change under its name: write a version or a digest`;
      await kube.event(object, { type: "Warning", reason: "FloatingImage", message });
    }
  },
);

/** `registry:5000/shop/web:1.0.2`: the tag is behind the last slash. */
function isFloating(image: string): boolean {
  if (image.includes("@")) return false;
  const [, tag = "latest"] = image.slice(image.lastIndexOf("/") + 1).split(":");
  return tag === "latest";
}
