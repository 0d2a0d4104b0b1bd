/** What is told to people who look at the cluster with `kubectl get events`. */

/** The object that an Event speaks of. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string | undefined;
}

export interface RecordedEvent {
  readonly regarding: ObjectReference;
  readonly type: "Normal" | "Warning";
  /** UpperCamelCase, constant: `HandlerFailing`. */
  readonly reason: string;
  /** One sentence. At most 1,024 characters reach the cluster. */
  readonly message: string;
}

export interface EventRecorder {
  /** Returns at once and never throws: an Event that cannot be written is dropped. Repeats are counted in one Event. */
  record(event: RecordedEvent): void;
}
