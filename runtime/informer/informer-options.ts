import type { BackoffOptions } from "#kernel/backoff.ts";

export interface InformerOptions {
  /** How often handlers are told every cached object again, in milliseconds; 0: never. @default 0 */
  readonly resyncMs?: number;
  /** Start from whatever the server's cache holds (`resourceVersion=0`), which may be older than what was seen before. @default false */
  readonly staleFirstList?: boolean;
  /** Objects in a page of every list. @default 500 for first lists, no pages for later ones */
  readonly pageSize?: number;
  /** Take the first state from the watch itself where the server offers it (KEP-3157). @default true */
  readonly watchList?: boolean;
  /** The server ends a watch after a random time between this and twice this; at least 300. @default 300 */
  readonly minWatchSeconds?: number;
  /** For how long a watch that reports internal errors is reopened before everything is listed again. @default 0 */
  readonly maxInternalErrorRetryMs?: number;
  /** Waits between attempts. @default 0.8 s doubling to 30 s, each up to twice as long */
  readonly backoff?: Omit<BackoffOptions, "random">;
}

export interface ResolvedInformerOptions {
  readonly resyncMs: number;
  readonly staleFirstList: boolean;
  readonly pageSize: number | undefined;
  readonly watchList: boolean;
  readonly minWatchSeconds: number;
  readonly maxInternalErrorRetryMs: number;
  readonly backoff: Omit<BackoffOptions, "random">;
}

/** client-go: `minWatchTimeout` in reflector.go. */
const MIN_WATCH_SECONDS = 300;

/** client-go: `NewReflectorWithOptions` in reflector.go. */
const BACKOFF = { baseMs: 800, maxMs: 30_000, jitter: 1 };

export function resolveInformerOptions(options: InformerOptions): ResolvedInformerOptions {
  return {
    resyncMs: options.resyncMs ?? 0,
    staleFirstList: options.staleFirstList ?? false,
    pageSize: options.pageSize,
    watchList: options.watchList ?? true,
    minWatchSeconds: Math.max(options.minWatchSeconds ?? 0, MIN_WATCH_SECONDS),
    maxInternalErrorRetryMs: options.maxInternalErrorRetryMs ?? 0,
    backoff: options.backoff ?? BACKOFF,
  };
}
