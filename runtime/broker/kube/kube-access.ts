/** Finds resources by name, and lets a request through only if the handler's `allow.kube` names it. */
import { NotAllowedError } from "#handler-api/errors.ts";
import type { RateLimiter } from "#kernel/rate-limiter.ts";
import type { Resolution, ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import { type ApiResource, apiVersionOf } from "#resources/api-resource.ts";
import { BadCallError, failedRequest } from "../errors.ts";
import type { BrokeredHandler } from "../ports.ts";
import { namespacesFor } from "./cluster-events.ts";
import { entryFor, type GrantedRule, isAllowed, type KubeRequest, mayConcern } from "./kube-authorizer.ts";

export type AllowedHandler = Pick<BrokeredHandler, "options" | "cache">;

/** Of a name that the cluster does not have, in requests: finding what was meant compares it with all that there is. */
const UNKNOWN_NAME_COST = 5;

export interface KubeAccessDeps {
  readonly catalog: ResourceCatalog;
  /** The handler's pace. */
  readonly limiter: RateLimiter;
  readonly signal: AbortSignal;
}

export class KubeAccess {
  readonly #catalog: ResourceCatalog;
  readonly #handler: AllowedHandler;
  readonly #limiter: RateLimiter;
  readonly #signal: AbortSignal;

  constructor({ catalog, limiter, signal }: KubeAccessDeps, handler: AllowedHandler) {
    this.#catalog = catalog;
    this.#limiter = limiter;
    this.#handler = handler;
    this.#signal = signal;
  }

  /** Any name that kubectl takes. Throws `BadCallError` for one that the cluster does not have. */
  async resource(name: string): Promise<ApiResource> {
    const resolution = await this.#catalog.resolve(name, this.#signal);
    if (resolution.type === "found") return resolution.resource;
    throw await this.#limiter.run(async () => {
      this.#limiter.charge(UNKNOWN_NAME_COST - 1);
      return unresolved(name, resolution);
    }, this.#signal);
  }

  /** The resource of objects with this `apiVersion` and `kind`. Throws `BadCallError` if the cluster has none. */
  async resourceOf(apiVersion: string, kind: string): Promise<ApiResource> {
    const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
    const resource = await this.resource(`${kind}.${version}.${group}`);
    if (resource.kind === kind && apiVersionOf(resource) === apiVersion) return resource;
    throw new BadCallError(`Cannot use kind "${kind}" of "${apiVersion}": the cluster has none of that name`);
  }

  /** `undefined`: it is allowed. Its message prints the entry to add. @param action for example `patch pods "web"` */
  async refusal(action: string, request: KubeRequest): Promise<NotAllowedError | undefined> {
    const { options, cache } = this.#handler;
    const { allow } = options;
    const namespaces = namespacesFor(request, {
      namespaces: options.namespaces,
      namespaced: cache.resource.namespaced,
    });
    const concerned = allow.kube.filter((rule) => mayConcern(rule, request));
    const granted = await Promise.all(
      concerned.map(async (rule): Promise<GrantedRule> => ({ rule, resource: await this.#found(rule.resource) })),
    );
    if (isAllowed(granted, request, namespaces)) return undefined;
    const entry = JSON.stringify(entryFor(request, namespaces));
    return new NotAllowedError(
      `Cannot ${action}: the handler's allow.kube does not name it. Add ${entry} to allow.kube`,
    );
  }

  /** A rule about a resource that is not there allows nothing; it is no error. */
  async #found(name: string): Promise<ApiResource | undefined> {
    const resolution = await this.#catalog.resolve(name, this.#signal);
    return resolution.type === "found" ? resolution.resource : undefined;
  }
}

function unresolved(name: string, resolution: Exclude<Resolution, { type: "found" }>): Error {
  if (resolution.type === "failed") return failedRequest(`find resource "${name}"`, resolution.failure);
  const [fact, names] =
    resolution.type === "unknown"
      ? ["the cluster has none of that name", resolution.nearest]
      : ["it can be several", resolution.candidates];
  return new BadCallError(`Cannot use resource "${name}": ${fact}${hint(names)}`);
}

function hint(names: readonly string[]): string {
  return names.length === 0 ? "" : `; write ${names.map((name) => `"${name}"`).join(" or ")}`;
}
