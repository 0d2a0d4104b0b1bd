/** What `import … from "informd"` gives inside a handler. It needs nothing at run time, so that a handler's bundle stays small. */
export { isApiError, NotAllowedError, PermanentError, RetryAfter } from "./errors.ts";
export type { ApiError, ApiErrorDetails } from "./errors.ts";
export { on } from "./on.ts";
export type { HandlerContext, HistogramOptions, Log, LogFields, MetricLabels, Metrics, State } from "./context.ts";
export type {
  AddedEvent,
  Cause,
  ChangedEvent,
  DeletedEvent,
  EventOf,
  EventType,
  ResourceEvent,
  UnselectedEvent,
  UpdatedEvent,
} from "./events.ts";
export type { Kube, KubeEvent, KubeObject, KubePatch, KubeQuery, KubeTarget, PatchOptions, Written } from "./kube.ts";
export type { DeepPartial, Lister, ListerQuery } from "./lister.ts";
export type { HandlerDefinition, HandlerResult } from "./on.ts";
export type { AllowOptions, Duration, HandlerOptions, ListerOptions, ListersOption, RetryOptions } from "./options.ts";
export type { ObjectOf, ResourceName, Resources } from "./resources.ts";
export type * from "./built-in-events.generated.ts";
export type { LiveMetadata, Wire, WireObject } from "./wire.ts";
