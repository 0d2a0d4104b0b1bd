/** What is told to whoever edits handlers, beside their runs: type errors, and kinds without types. */
import type { RuntimeConfig } from "#config/runtime-config.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { Batch } from "#loader/revision.ts";
import type { Logger } from "#observability/logger.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";
import { TypesOffer } from "./custom-types/types-offer.ts";
import { checkTypes } from "./types/check-types.ts";
import { TypeWatch } from "./types/type-watch.ts";

export interface AuthorAids {
  applied(batch: Batch): void;
  readonly supervisorObserver: Partial<SupervisorObserver>;
  close(): Promise<void>;
}

export interface AuthorAidsDeps {
  readonly logger: Logger;
  readonly catalog: ResourceCatalog;
}

/** As far as they are asked for, and only of files that somebody edits. */
export function openAuthorAids(
  { checkTypes: isAsked, typesCommand: command, handlers, environment }: RuntimeConfig,
  { logger, catalog }: AuthorAidsDeps,
): AuthorAids {
  if (handlers.type !== "directory") return NO_AIDS;
  const { path: directory } = handlers;
  const stop = new AbortController();
  const watch =
    isAsked && new TypeWatch({ logger, directory, check: (signal) => checkTypes({ directory, environment }, signal) });
  const offer = command !== undefined && new TypesOffer({ logger, catalog, directory, command, signal: stop.signal });
  return {
    applied: (batch) => void (watch && watch.applied(batch)),
    supervisorObserver: offer ? { live: (revision) => offer.live(revision) } : {},
    async close() {
      stop.abort();
      await Promise.all([watch && watch.close(), offer && offer.idle]);
    },
  };
}

const NO_AIDS: AuthorAids = { applied: () => {}, supervisorObserver: {}, close: () => Promise.resolve() };
