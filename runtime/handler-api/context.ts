/** What a handler can reach while it runs. All of it is brokered by the runtime; a handler holds no credential. */
import type { Kube } from "./kube.ts";
import type { Lister } from "./lister.ts";
import type { ListerOptions, ListersOption } from "./options.ts";
import type { ObjectOf } from "./resources.ts";
import type { WireObject } from "./wire.ts";

/** The second argument of a handler. `Listers` is the value of its `listers` option. */
export interface HandlerContext<Resource extends string = string, Listers extends ListersOption = AnyListers> {
  /** The cache of the event's resource, never older than the event. */
  readonly lister: Lister<ObjectOf<Resource>>;
  /** The caches named in `listers`, in the handler's namespaces. */
  readonly listers: ListersOf<Listers>;
  readonly kube: Kube;
  /**
   * The web's `fetch`, to hosts in `allow.fetch`. Rejects with `NotAllowedError` for others, with a `TypeError` that has a `code`
   * if there is no answer. Bodies: 4 MiB.
   */
  readonly fetch: typeof fetch;
  /** Not there yet: rejects. */
  readonly state: State;
  readonly log: Log;
  /** What the handler measures, for Prometheus. */
  readonly metrics: Metrics;
  /** The variables named in `allow.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts at the deadline and when the runtime stops. */
  readonly signal: AbortSignal;
}

type AnyListers = Readonly<Record<string, ListerOptions>>;

type ListersOf<Listers extends ListersOption> = Listers extends readonly string[]
  ? { readonly [Name in Listers[number]]: Lister<ObjectOf<Name>> }
  : string extends keyof Listers
    ? Readonly<Record<string, Lister<WireObject>>>
    : { readonly [Name in keyof Listers]: Lister<ListedBy<Listers[Name]>> };

type ListedBy<Options> = Options extends { readonly resource: infer Name extends string } ? ObjectOf<Name> : WireObject;

/** A small durable key-value store of this handler. Values are JSON. */
export interface State {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

/** Records carry the handler's id and the event's id. `console` writes here too. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, unknown>>;

/**
 * What the handler measures, exported on `/metrics` with the handler's id as label `handler`. Names and labels are by Prometheus' rules
 * and do not begin with `informd_`, `nodejs_`, `process_` or `__`. A call throws if it cannot be kept: its arguments are wrong, the name is
 * of another type, or the handler has 1,000 series already.
 */
export interface Metrics {
  /**
   * Adds to what only grows. The name ends in `_total` by custom.
   * @param value at least 0
   * @default 1
   */
  counter(name: string, value?: number, labels?: MetricLabels): void;
  /** Sets what goes up and down. */
  gauge(name: string, value: number, labels?: MetricLabels): void;
  /** Adds one value to a distribution, for example how long something took in seconds. */
  histogram(name: string, value: number, labels?: MetricLabels, options?: HistogramOptions): void;
  /** Takes away one series, of what is no more. */
  remove(name: string, labels?: MetricLabels): void;
}

/** At most 10; a value has at most 256 characters, and one that is empty is as if left out. */
export type MetricLabels = Readonly<Record<string, string | undefined>>;

export interface HistogramOptions {
  /**
   * Upper bounds, ascending, the same with each call.
   * @default [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
   */
  readonly buckets?: readonly number[];
}
