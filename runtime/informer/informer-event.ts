import type { ReflectorFailure } from "./reflector/reflector-failure.ts";
import type { ReflectorState } from "./reflector/reflector-state.ts";

/** What an informer says about itself, for logs and metrics. */
export type InformerEvent =
  | { readonly type: "stateChanged"; readonly state: ReflectorState }
  /** It goes on by itself after `retryInMs`. */
  | { readonly type: "failed"; readonly failure: ReflectorFailure; readonly retryInMs: number }
  /** The first success after failures that lasted `outageMs`. */
  | { readonly type: "recovered"; readonly outageMs: number }
  /** A frame that is no event of this resource. */
  | { readonly type: "frameSkipped"; readonly reason: string }
  /** An event handler or subscriber threw. Its event counts as handled. */
  | { readonly type: "handlerFailed"; readonly error: unknown };

export type InformerObserver = (event: InformerEvent, source: InformerEventSource) => void;

export interface InformerEventSource {
  /** `pods`, `deployments.apps` */
  readonly resource: string;
  /** `""` for all. */
  readonly namespace: string;
}
