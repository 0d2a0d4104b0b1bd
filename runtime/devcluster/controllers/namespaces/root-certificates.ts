import { isDeepStrictEqual } from "node:util";
import { withMetadata } from "../../api-object.ts";
import { runReconciler, type ControllerParts } from "../reconciling/run-reconciler.ts";

const NAME = "kube-root-ca.crt";
const DESCRIPTION =
  "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

/** Keeps the cluster's certificate, PEM, as a ConfigMap in every namespace. */
export function startRootCertificates(parts: ControllerParts, certificate: string, signal: AbortSignal): void {
  const { client } = parts;
  const data = { "ca.crt": certificate };
  const annotations = { "kubernetes.io/description": DESCRIPTION };
  runReconciler(
    parts,
    {
      name: "root-certificates",
      watches: ["namespaces", "configmaps"],
      keysOf({ storage, object: { metadata } }) {
        if (storage === "namespaces") return [metadata.name];
        return metadata.name === NAME && metadata.namespace !== undefined ? [metadata.namespace] : [];
      },
      reconcile(name) {
        const namespace = client.get("namespaces", { namespace: "", name });
        if (!namespace || namespace.metadata.deletionTimestamp !== undefined) return undefined;
        const existing = client.get("configmaps", { namespace: name, name: NAME });
        if (!existing) client.create("configmaps", { metadata: { namespace: name, name: NAME, annotations }, data });
        else if (!isDeepStrictEqual(existing["data"], data))
          client.update("configmaps", {
            ...withMetadata(existing, { annotations: { ...existing.metadata.annotations, ...annotations } }),
            data,
          });
        return undefined;
      },
    },
    signal,
  );
}
