import type { ClusterClient } from "../reconciling/cluster-client.ts";
import type { Condition } from "../reconciling/conditions.ts";

/** What a namespace's status says of its deletion: nothing is wrong, but this is still there. */
export function remainingContent(client: ClusterClient, namespace: string): readonly Condition[] {
  const left = client
    .resources()
    .filter(({ namespaced }) => namespaced)
    .map(({ plural, group, storage }) => ({ name: `${plural}.${group}`, objects: client.list(storage, namespace) }))
    .filter(({ objects }) => objects.length > 0);
  const instances = left.map(({ name, objects }) => `${name} has ${objects.length} resource instances`).sort();
  const finalizers = Object.entries(
    Object.groupBy(
      left.flatMap(({ objects }) => objects.flatMap(({ metadata }) => metadata.finalizers ?? [])),
      (finalizer) => finalizer,
    ),
  ).map(([finalizer, uses = []]) => `${finalizer} in ${uses.length} resource instances`);

  return [
    fact("NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered"),
    fact(
      "NamespaceDeletionGroupVersionParsingFailure",
      "ParsedGroupVersions",
      "All legacy kube types successfully parsed",
    ),
    fact(
      "NamespaceDeletionContentFailure",
      "ContentDeleted",
      "All content successfully deleted, may be waiting on finalization",
    ),
    instances.length > 0
      ? waiting(
          "NamespaceContentRemaining",
          "SomeResourcesRemain",
          `Some resources are remaining: ${instances.join(", ")}`,
        )
      : fact("NamespaceContentRemaining", "ContentRemoved", "All content successfully removed"),
    finalizers.length > 0
      ? waiting(
          "NamespaceFinalizersRemaining",
          "SomeFinalizersRemain",
          `Some content in the namespace has finalizers remaining: ${finalizers.sort().join(", ")}`,
        )
      : fact("NamespaceFinalizersRemaining", "ContentHasNoFinalizers", "All content-preserving finalizers finished"),
  ];
}

function fact(type: string, reason: string, message: string): Condition {
  return { type, status: "False", reason, message };
}

function waiting(type: string, reason: string, message: string): Condition {
  return { type, status: "True", reason, message };
}
