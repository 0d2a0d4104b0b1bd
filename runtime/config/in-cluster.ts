/** Kubelet tells every container where the API server is. */
export function isInCluster(environment: Readonly<Record<string, string | undefined>>): boolean {
  return (environment["KUBERNETES_SERVICE_HOST"] ?? "") !== "";
}
