/** Reads an informer's cache. Synchronous, answered from memory, never a request to the API server. */
export interface Lister<T> {
  /** `undefined` if there is no such object. The namespace defaults to the event's. */
  get(name: string, namespace?: string): T | undefined;
  /**
   * Every object in the cache that fits. Throws if the answer is over 8 MiB; `fields` and `limit` make it smaller.
   * With `fields` (paths such as `spec.nodeName`) only these are there.
   */
  list(query: ListerQuery & { readonly fields: readonly string[] }): DeepPartial<T>[];
  list(query?: ListerQuery): T[];
  /** Objects whose path of `indexes[name]` has this value. Throws if there is no such index. */
  byIndex(name: string, value: string): T[];
  count(query?: Pick<ListerQuery, "namespace" | "labelSelector">): number;
}

export interface ListerQuery {
  /** @default all that the cache holds */
  readonly namespace?: string;
  /** Kubectl's syntax: `"app=web,tier in (front, back)"`. @default everything */
  readonly labelSelector?: string;
  /** At most so many objects; 0 answers none. @default no limit */
  readonly limit?: number;
}

export type DeepPartial<T> = T extends readonly (infer Item)[]
  ? DeepPartial<Item>[]
  : T extends object
    ? { [Key in keyof T]?: DeepPartial<T[Key]> }
    : T;
