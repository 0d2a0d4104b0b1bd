import { asSentence } from "#kernel/as-sentence.ts";

/** Thrown when no cluster can be found in the configuration. The message says which file or name to correct. */
export class ClusterConfigError extends Error {
  override readonly name = "ClusterConfigError";
  readonly code = "BAD_CLUSTER_CONFIG";

  constructor(message: string, options?: ErrorOptions) {
    super(asSentence(message), options);
  }
}
