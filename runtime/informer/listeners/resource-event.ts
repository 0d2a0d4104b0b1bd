import type { ObjectKey } from "#resources/object-key.ts";

/** The part of every Kubernetes object that the library knows. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Is told what happens to the objects of one resource, one call at a time, in order: a promise is awaited before the next call. */
export interface ResourceEventHandler<T = KubernetesObject> {
  onAdd?(event: AddEvent<T>): unknown;
  onUpdate?(event: UpdateEvent<T>): unknown;
  onDelete?(event: DeleteEvent<T>): unknown;
}

interface EventBase<T> extends ObjectKey {
  /** `namespace/name`, or `name` for cluster-scoped objects. */
  readonly key: string;
  /** Parsed at the first access, which must come before the handler is done. */
  readonly object: T;
}

export interface AddEvent<T = KubernetesObject> extends EventBase<T> {
  /** The object was there before the handler. */
  readonly isInInitialList: boolean;
}

export interface UpdateEvent<T = KubernetesObject> extends EventBase<T> {
  /** What was told last. Parsed at the first access, like `object`. */
  readonly old: T;
  /** The object was deleted and created again in a gap of the watch: `old` has another uid. */
  readonly recreated: boolean;
  /** Nothing has changed: the handler asked to be told again. */
  readonly isResync: boolean;
}

/** `object` is the last known state. */
export interface DeleteEvent<T = KubernetesObject> extends EventBase<T> {
  /** The deletion was found by comparing: the final state is not known. */
  readonly finalStateUnknown: boolean;
}
