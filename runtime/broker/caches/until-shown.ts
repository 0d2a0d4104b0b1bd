import type { Clock } from "#kernel/clock.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { ResourceCache } from "../ports.ts";

/** A watch is behind by some milliseconds. One that is behind by more must not hold up handlers. */
const SHOW_TIMEOUT_MS = 1_000;

export interface Awaited {
  /** `namespace/name` */
  readonly key: string;
  readonly isShown: (object: RawObject | undefined) => boolean;
}

/** Resolves when each cache shows it, when an object that one of them showed is gone from it, after a second, and when the signal aborts. */
export async function untilShown(
  caches: readonly ResourceCache[],
  awaited: Awaited,
  until: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  await Promise.all(caches.map((cache) => untilShownBy(cache, awaited, until)));
}

function untilShownBy(
  { reader, follow }: ResourceCache,
  { key, isShown }: Awaited,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  if (!follow || signal.aborted || isShown(reader.get(key))) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      timer.cancel();
      leave();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = clock.setTimer(SHOW_TIMEOUT_MS, end);
    signal.addEventListener("abort", end, { once: true });
    const leave = follow((changed) => {
      if (changed !== key) return;
      const object = reader.get(key);
      // It was written, and is gone again already.
      if (object === undefined || isShown(object)) end();
    });
  });
}
