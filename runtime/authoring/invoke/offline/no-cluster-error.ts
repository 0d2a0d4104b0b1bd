/** Thrown into a handler that reads what only a cluster has. */
export class NoClusterError extends Error {
  override readonly name = "NoClusterError";
  readonly code = "NO_CLUSTER";

  /** @param otherwise what does without a cluster, as the beginning of a sentence */
  constructor(action: string, otherwise?: string) {
    const invoke = otherwise === undefined ? "Invoke" : `${otherwise}, or invoke`;
    super(
      `Cannot ${action}: there is no cluster. ${invoke} the handler with --kubeconfig FILE; while informd dev runs, .informd/kubeconfig is one`,
    );
  }
}
