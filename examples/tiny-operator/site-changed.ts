// An operator in two handlers: makes a ConfigMap with the page of each Site and tells of it in the Site's status; page-changed.ts keeps it so.
// `generationChanged` lets a new spec through and not the status that is written here; `kube.apply` can be repeated without harm.
// informd-types.d.ts gives Sites their types: `informd types` has written it, as its first line says.
// npx informd dev --handlers examples/tiny-operator
// kubectl --kubeconfig .informd/kubeconfig apply -f examples/tiny-operator/definition.yaml
// kubectl --kubeconfig .informd/kubeconfig wait --for=condition=Established crd/sites.example.com
// kubectl --kubeconfig .informd/kubeconfig apply -f examples/tiny-operator/site.yaml
// kubectl --kubeconfig .informd/kubeconfig -n demo wait --for=condition=Ready site/home
// kubectl --kubeconfig .informd/kubeconfig -n demo delete configmap site-home
import { on } from "informd";
import { makePage, pageNameOf } from "./_page.ts";
import { isSameStatus, statusOf } from "./_status.ts";

export default on(
  "sites.example.com",
  {
    events: ["added", "updated"],
    generationChanged: true,
    listers: ["configmaps"],
    allow: { kube: ["create,patch configmaps", "patch sites.example.com/status"] },
  },
  async ({ object }, { listers, kube, log }) => {
    const { name, deletionTimestamp } = object.metadata;
    if (deletionTimestamp !== undefined) return undefined;
    const isMade = await makePage(object, listers.configmaps, { kube, log });
    const status = statusOf(object, pageNameOf(object), isMade);
    if (!isSameStatus(object.status, status)) {
      await kube.patchStatus("sites.example.com", { name }, { status });
      log.info("status written", { site: name, ready: isMade });
    }
    return isMade ? undefined : { requeueAfter: "5s" };
  },
);
