import { textsOf } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import type { KindRules } from "../kind-rules.ts";
import { forbidden } from "../../operations/api-errors.ts";

const NAMESPACES = { group: "", plural: "namespaces" };
/** Of the namespace controller, in `spec.finalizers`. */
const FINALIZER = "kubernetes";
const IMMORTAL: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public"]);

export const namespaceRules: KindRules = {
  prepareCreate(namespace) {
    const finalizers = textsOf(namespace["spec"], "finalizers");
    return {
      ...labelled(namespace),
      spec: { finalizers: finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER] },
      status: { phase: "Active" },
    };
  },
  prepareUpdate(namespace, before, subresource) {
    if (subresource === "finalize") return withMembers(namespace, { status: before["status"] });
    return withMembers(labelled(namespace), { spec: before["spec"] });
  },
  prepareDelete(marked, before) {
    const { name } = before.metadata;
    if (IMMORTAL.has(name)) throw forbidden(NAMESPACES, name, "this namespace may not be deleted");
    if (marked === before) return marked;
    return {
      ...withMetadata(marked, { deletionGracePeriodSeconds: undefined }),
      status: { ...recordAt(before, "status"), phase: "Terminating" },
    };
  },
  isHeld: ({ spec }) => textsOf(spec, "finalizers").length > 0,
};

/** Selectors find a namespace by its name through this label. */
function labelled(namespace: ApiObject): ApiObject {
  const { name, labels } = namespace.metadata;
  return withMetadata(namespace, { labels: { ...labels, "kubernetes.io/metadata.name": name } });
}
