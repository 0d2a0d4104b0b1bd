/** The public API: what a handler file imports, and the informers as a library. */

// Handlers. Inside a sandbox only this part exists.
export { isApiError, NotAllowedError, on, PermanentError, RetryAfter } from "#handler-api/index.ts";
export type * from "#handler-api/built-in-events.generated.ts";
export type {
  AddedEvent,
  AllowOptions,
  ApiError,
  ApiErrorDetails,
  Cause,
  ChangedEvent,
  DeepPartial,
  DeletedEvent,
  Duration,
  EventOf,
  EventType,
  HandlerContext,
  HandlerDefinition,
  HandlerOptions,
  HandlerResult,
  HistogramOptions,
  Kube,
  KubeEvent,
  KubeObject,
  KubePatch,
  KubeQuery,
  KubeTarget,
  Lister,
  ListerOptions,
  ListerQuery,
  ListersOption,
  LiveMetadata,
  Log,
  LogFields,
  MetricLabels,
  Metrics,
  ObjectOf,
  PatchOptions,
  ResourceEvent,
  ResourceName,
  Resources,
  RetryOptions,
  State,
  UnselectedEvent,
  UpdatedEvent,
  Wire,
  WireObject,
  Written,
} from "#handler-api/index.ts";

// A cluster.
export { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
export { clusterConfigFrom } from "#kubernetes/cluster-config-from.ts";
export { createCluster } from "#kubernetes/cluster.ts";
export { describeFailure } from "#kubernetes/describe-failure.ts";
export { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
export type { ClusterConfig, Environment } from "#kubernetes/cluster-config.ts";
export type { ExportableKubeConfig } from "#kubernetes/cluster-config-from.ts";
export type { Cluster, ClusterOptions } from "#kubernetes/cluster.ts";
export type { FailedRequest } from "#kubernetes/describe-failure.ts";
export type { ListWatchClient } from "#kubernetes/list-watch.ts";
export type { ClusterConfigSource } from "#kubernetes/load-cluster-config.ts";
export type { ObjectAnswer, ObjectClient, ObjectTarget, PatchType } from "#kubernetes/object-client.ts";
export type { PublishedSchema, PublishedSchemas } from "#kubernetes/discovery/published-schemas.ts";
export type { RequestFailure } from "#kubernetes/request-failure.ts";
export type { Resolution, ResourceCatalog } from "#kubernetes/resource-catalog.ts";
export type { ApiResource } from "#resources/api-resource.ts";

// Informers.
export { IndexExistsError, UnknownIndexError } from "#informer/store/indexer.ts";
export { InformerStoppedError } from "#informer/informer-error.ts";
export { NotFoundError } from "#informer/store/lister.ts";
export { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
export { waitForSync } from "#informer/wait-for-sync.ts";
export type { HandlerRegistration } from "#informer/listeners/handler-registration.ts";
export type { IndexFunction, Indexers } from "#informer/store/indexer.ts";
export type { InformerEvent, InformerEventSource, InformerObserver } from "#informer/informer-event.ts";
export type { InformerOptions } from "#informer/informer-options.ts";
export type { InformerScope, ListWatchScope, ListWatchSource } from "#informer/informer-scope.ts";
// Beside the `Lister` of a handler, which is another: it answers with parsed objects, from the other side of a pipe.
export type { Lister as InformerLister, ListOptions as InformerListOptions } from "#informer/store/lister.ts";
export type { Notification, Origin, Subscriber } from "#informer/notification.ts";
export type { FailureKind, ReflectorFailure } from "#informer/reflector/reflector-failure.ts";
export type { ReflectorState } from "#informer/reflector/reflector-state.ts";
export type {
  AddEvent,
  DeleteEvent,
  KubernetesObject,
  ResourceEventHandler,
  UpdateEvent,
} from "#informer/listeners/resource-event.ts";
export type { InformerShare, ScopeRequest, SharedInformerFactoryDeps } from "#informer/shared-informer-factory.ts";
export type { EventHandlerOptions, SharedInformer } from "#informer/shared-informer.ts";
export type { Syncable, SyncResult } from "#informer/wait-for-sync.ts";

// Cached objects.
export { LabelSelectorError } from "#resources/label-requirement.ts";
export { labelSelectorOf, parseLabelSelector } from "#resources/label-selector.ts";
export { ownedCopy, parseObject } from "#resources/raw-object.ts";
export type { LabelSelector, LabelSelectorObject } from "#resources/label-selector.ts";
export type { Labels, RawObject } from "#resources/raw-object.ts";
