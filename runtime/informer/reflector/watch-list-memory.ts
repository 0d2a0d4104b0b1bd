import type { Clock } from "#kernel/clock.ts";
import { resourceName, type ApiResource } from "#resources/api-resource.ts";

const REMEMBER_MS = 3_600_000;

/** For which resources a watch-list is not worth another try: their server refused it or never showed its end. */
export class WatchListMemory {
  readonly #clock: Clock;
  readonly #retryAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isWorthTrying(resource: ApiResource): boolean {
    return this.#clock.monotonic() >= (this.#retryAt.get(nameOf(resource)) ?? Number.NEGATIVE_INFINITY);
  }

  failed(resource: ApiResource): void {
    this.#retryAt.set(nameOf(resource), this.#clock.monotonic() + REMEMBER_MS);
  }
}

function nameOf(resource: ApiResource): string {
  return `${resource.version} ${resourceName(resource)}`;
}
