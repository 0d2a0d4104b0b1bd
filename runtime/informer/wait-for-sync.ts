/** An informer, or the registration of a handler. */
export interface Syncable {
  readonly hasSynced: boolean;
  readonly synced: Promise<void>;
}

export type SyncResult =
  | { readonly type: "synced" }
  /** The signal aborted before these had synced. */
  | { readonly type: "cancelled"; readonly unsynced: readonly string[] };

/**
 * Waits until all have synced, without polling. An informer has synced when its cache is complete;
 * a registration, when its handler has also returned from every object that was there at first.
 *
 * @example
 * const result = await waitForSync({ pods: informer, handler: registration }, signal);
 * if (result.type === "cancelled") console.error(`not synced: ${result.unsynced.join(", ")}`);
 */
export async function waitForSync(
  waitFor: Readonly<Record<string, Syncable>>,
  signal: AbortSignal,
): Promise<SyncResult> {
  const cancelled = Promise.withResolvers<void>();
  const cancel = (): void => cancelled.resolve();
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  await Promise.race([Promise.all(Object.values(waitFor).map(({ synced }) => synced)), cancelled.promise]);
  signal.removeEventListener("abort", cancel);
  const unsynced = Object.entries(waitFor).flatMap(([name, { hasSynced }]) => (hasSynced ? [] : [name]));
  return unsynced.length === 0 ? { type: "synced" } : { type: "cancelled", unsynced };
}
