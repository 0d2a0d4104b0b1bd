/** Says once of each custom kind that handlers name and that has no types how to have them written. */
import { namesOf } from "#handler-api/type-source.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { Revision } from "#loader/revision.ts";
import type { Logger } from "#observability/logger.ts";
import { resourceName } from "#resources/api-resource.ts";
import { namedResources } from "../manifests/rights.ts";
import { isCustom } from "./custom-kind.ts";
import { areDeclared } from "./declared-types.ts";

export interface TypesOfferParts {
  readonly logger: Logger;
  readonly catalog: ResourceCatalog;
  /** The handlers directory, absolute. */
  readonly directory: string;
  /** What writes the types. */
  readonly command: string;
  /** Ends all looking. */
  readonly signal: AbortSignal;
}

export class TypesOffer {
  readonly #parts: TypesOfferParts;
  /** Kinds that were looked for, as `widgets.example.com`. */
  readonly #known = new Set<string>();
  #ended = Promise.resolve();

  constructor(parts: TypesOfferParts) {
    this.#parts = parts;
  }

  /** A handler runs, so its kinds are there. */
  live({ handler, file, options }: Revision): void {
    // JavaScript is not checked.
    if (!file.endsWith("ts")) return;
    this.#ended = this.#ended.then(() => this.#look(handler, namedResources(options)));
  }

  /** Resolves when nothing is looked for any more. */
  get idle(): Promise<void> {
    return this.#ended;
  }

  async #look(handler: string, names: readonly string[]): Promise<void> {
    const { logger, catalog, directory, command, signal } = this.#parts;
    for (const name of new Set(names)) {
      const resolution = await catalog.resolve(name, signal).catch(() => undefined);
      if (signal.aborted) return;
      if (resolution?.type !== "found" || !isCustom(resolution.resource)) continue;
      const resource = resourceName(resolution.resource);
      if (this.#known.has(resource)) continue;
      this.#known.add(resource);
      if (await areDeclared([name, ...namesOf(resolution.resource)], directory)) continue;
      logger.info("kind without types", { handler, resource, command });
    }
  }
}
