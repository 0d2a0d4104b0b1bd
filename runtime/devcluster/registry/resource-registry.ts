import { resourceName } from "#resources/api-resource.ts";
import type { ServedResource } from "./served-resource.ts";

/** Names one resource in one version, as request paths do. */
export interface ResourceAddress {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** The resources that are served now: the built-in ones, and those of CustomResourceDefinitions as they come and go. */
export class ResourceRegistry {
  readonly #served = new Map<string, ServedResource>();
  /** Until other resources are served. */
  #stored: readonly ServedResource[] | undefined;

  constructor(resources: Iterable<ServedResource>) {
    for (const resource of resources) this.#served.set(addressText(resource), resource);
  }

  /** In discovery's order: custom resources after the built-in ones. */
  all(): readonly ServedResource[] {
    return [...this.#served.values()];
  }

  find(address: ResourceAddress): ServedResource | undefined {
    return this.#served.get(addressText(address));
  }

  /** One version of each resource whose objects are stored, whatever versions are served. */
  stored(): readonly ServedResource[] {
    return (this.#stored ??= this.#oneOfEach());
  }

  /** Serves exactly these versions of one resource from now on; none takes it away. */
  replace(resource: { readonly group: string; readonly plural: string }, versions: readonly ServedResource[]): void {
    const storage = resourceName(resource);
    for (const [address, served] of this.#served) if (served.storage === storage) this.#served.delete(address);
    for (const version of versions) this.#served.set(addressText(version), version);
    this.#stored = undefined;
  }

  #oneOfEach(): readonly ServedResource[] {
    const byStorage = new Map(this.all().map((resource) => [resource.storage, resource]));
    return [...byStorage.values()].filter(({ verbs }) => verbs.includes("list"));
  }
}

function addressText({ group, version, plural }: ResourceAddress): string {
  return `${group}/${version}/${plural}`;
}
