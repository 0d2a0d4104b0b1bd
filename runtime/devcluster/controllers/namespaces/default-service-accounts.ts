import { runReconciler, type ControllerParts } from "../reconciling/run-reconciler.ts";

const NAME = "default";

/** Keeps a ServiceAccount `default` in every namespace. */
export function startDefaultServiceAccounts(parts: ControllerParts, signal: AbortSignal): void {
  const { client } = parts;
  runReconciler(
    parts,
    {
      name: "default-service-accounts",
      watches: ["namespaces", "serviceaccounts"],
      keysOf({ storage, object: { metadata } }) {
        if (storage === "namespaces") return [metadata.name];
        return metadata.name === NAME && metadata.namespace !== undefined ? [metadata.namespace] : [];
      },
      reconcile(name) {
        const namespace = client.get("namespaces", { namespace: "", name });
        if (namespace && namespace.metadata.deletionTimestamp === undefined)
          client.create("serviceaccounts", { metadata: { namespace: name, name: NAME } });
        return undefined;
      },
    },
    signal,
  );
}
