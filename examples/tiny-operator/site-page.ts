// An operator in two handlers: makes a ConfigMap with the page of each Site, and tells in the Site's status where it is; page-changed.ts keeps it so.
// `apply` can be repeated without harm; `generationChanged` is true for a new spec, not for the status that is written here.
// informd-types.d.ts gives Sites their types: `informd types` has written it, as its first line says.
// npx informd dev --handlers examples/tiny-operator
// kubectl --kubeconfig .informd/kubeconfig apply -f examples/tiny-operator/definition.yaml
// kubectl --kubeconfig .informd/kubeconfig wait --for=condition=Established crd/sites.example.com
// kubectl --kubeconfig .informd/kubeconfig apply -f examples/tiny-operator/site.yaml
import { on } from "informd";
import { pageOf } from "./_page.ts";

export default on(
  "sites.example.com",
  {
    events: ["added", "updated"],
    generationChanged: true,
    allow: { kube: ["create,patch configmaps", "patch sites.example.com/status"] },
  },
  async ({ object }, { kube, log }) => {
    const { name, generation } = object.metadata;
    const page = pageOf(object);
    await kube.apply(page);
    const status: typeof object.status = {
      configMap: page.metadata.name,
      ...(generation !== undefined && { observedGeneration: generation }),
    };
    await kube.patchStatus("sites.example.com", { name }, { status });
    log.info("page written", { name, configMap: page.metadata.name });
  },
);
