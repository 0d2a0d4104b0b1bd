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
  /** Only to hosts in `allow.fetch`. Not there yet: rejects. */
  readonly fetch: typeof fetch;
  /** Not there yet: rejects. */
  readonly state: State;
  readonly log: Log;
  /** Not there yet: throws. */
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

/** Exported with the handler's id as label. */
export interface Metrics {
  counter(name: string, value?: number, labels?: Readonly<Record<string, string>>): void;
  gauge(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
  histogram(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
}
