/** `kube`: reads what a handler asks of the API server, has it checked and sent, and reads the answer. */
import { elementsOf, isRecord } from "#kernel/json-value.ts";
import type { RateLimiter } from "#kernel/rate-limiter.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import { apiVersionOf, resourceName } from "#resources/api-resource.ts";
import { ArgumentReader } from "../argument-reader.ts";
import { BadCallError } from "../errors.ts";
import type { BrokeredHandler, EventKey } from "../ports.ts";
import { KubeAccess } from "./kube-access.ts";
import { createKubeEvent } from "./kube-event.ts";
import { KubeGate, type KubeGateDeps } from "./kube-gate.ts";
import { type KubeScope, readName, readScope } from "./kube-target.ts";

type Arguments = readonly unknown[];
type Call = (args: Arguments, event: EventKey) => Promise<unknown>;

const PATCH_TYPES = ["merge", "json", "strategic"] as const;

export interface KubeCallsDeps extends Omit<KubeGateDeps, "access"> {
  readonly catalog: ResourceCatalog;
  readonly limiter: RateLimiter;
  readonly clock: { now(): number };
}

/** Finds the call that a method names: `get`, `patchStatus`. */
export function createKubeCalls(deps: KubeCallsDeps, handler: BrokeredHandler): (method: string) => Call | undefined {
  const { catalog, limiter, clock, signal, ...way } = deps;
  const access = new KubeAccess({ catalog, limiter, signal }, handler);
  const gate = new KubeGate({ ...way, access, signal });
  const calls = new KubeCalls({ access, gate, origin: () => ({ handler: handler.id, now: clock.now() }) });
  const methods = new Map<string, Call>([
    ["get", (args, event) => calls.get(args, event)],
    ["list", (args, event) => calls.list(args, event)],
    ["create", (args, event) => calls.create(args, event)],
    ["apply", (args, event) => calls.apply(args, event)],
    ["patch", (args, event) => calls.patch("patch", undefined, args, event)],
    ["patchStatus", (args, event) => calls.patch("patchStatus", "status", args, event)],
    ["scale", (args, event) => calls.scale(args, event)],
    ["delete", (args, event) => calls.delete(args, event)],
    ["evict", (args, event) => calls.evict(args, event)],
    ["event", (args) => calls.event(args)],
  ]);
  return (method) => methods.get(method);
}

interface KubeCallsParts {
  /** Finds resources. */
  readonly access: Pick<KubeAccess, "resource" | "resourceOf">;
  readonly gate: Pick<KubeGate, "send">;
  readonly origin: () => { readonly handler: string; readonly now: number };
}

class KubeCalls {
  readonly #parts: KubeCallsParts;

  constructor(parts: KubeCallsParts) {
    this.#parts = parts;
  }

  /** `get(resource, { name, namespace? })` */
  async get([resource, target]: Arguments, event: EventKey): Promise<unknown> {
    return this.#parts.gate.send({ type: "get", ...(await this.#target("get", resource, target, event)) });
  }

  /** `list(resource, { namespace?, labelSelector?, limit? })`: the items, each with its `apiVersion` and `kind`. */
  async list([resource, query]: Arguments, event: EventKey): Promise<unknown> {
    const read = new ArgumentReader("kube.list");
    const { namespace, labelSelector, limit } = read.optionalObject("the query", query);
    const found = await this.#parts.access.resource(read.text("the resource", resource));
    const wanted = read.optionalCount("limit", limit);
    const scope = readScope(read, found, namespace, event.namespace);
    // The API server would take it for no limit.
    if (wanted === 0) return [];
    const list = await this.#parts.gate.send({
      type: "list",
      scope,
      labelSelector: read.optionalText("labelSelector", labelSelector),
      limit: wanted,
    });
    const items = elementsOf(list, "items").filter(isRecord);
    return items.map((item) => ({ apiVersion: apiVersionOf(found), kind: found.kind, ...item }));
  }

  /** `create(object)` */
  async create([object]: Arguments, event: EventKey): Promise<unknown> {
    const target = await this.#objectTarget(new ArgumentReader("kube.create"), object, event);
    return this.#parts.gate.send({ type: "create", ...target, object });
  }

  /** `apply(object)`: server-side apply. */
  async apply([object]: Arguments, event: EventKey): Promise<unknown> {
    const read = new ArgumentReader("kube.apply");
    const { scope, name } = await this.#objectTarget(read, object, event);
    return this.#parts.gate.send({ type: "apply", scope, name: readName(read, name), object });
  }

  /** `patch(resource, { name, namespace? }, patch, { type? })` */
  async patch(
    method: "patch" | "patchStatus",
    subresource: "status" | undefined,
    [resource, target, patch, options]: Arguments,
    event: EventKey,
  ): Promise<unknown> {
    const read = new ArgumentReader(`kube.${method}`);
    const { type } = read.optionalObject("the options", options);
    const patchType = read.choice("type", type ?? "merge", PATCH_TYPES);
    if (patchType === "json") read.list("the patch", patch);
    else read.object("the patch", patch);
    const found = await this.#target(method, resource, target, event);
    return this.#parts.gate.send({ type: "patch", ...found, subresource, patch, patchType });
  }

  /** `scale(resource, { name, namespace? }, replicas)` */
  async scale([resource, target, replicas]: Arguments, event: EventKey): Promise<undefined> {
    const patch = { spec: { replicas: new ArgumentReader("kube.scale").count("the number of replicas", replicas) } };
    const found = await this.#target("scale", resource, target, event);
    await this.#parts.gate.send({ type: "patch", ...found, subresource: "scale", patch, patchType: "merge" });
  }

  /** `delete(resource, { name, namespace? })` */
  async delete([resource, target]: Arguments, event: EventKey): Promise<undefined> {
    await this.#parts.gate.send({ type: "delete", ...(await this.#target("delete", resource, target, event)) });
  }

  /** `evict(resource, { name, namespace? })` */
  async evict([resource, target]: Arguments, event: EventKey): Promise<undefined> {
    const found = await this.#target("evict", resource, target, event);
    const { group, plural } = found.scope.resource;
    if (group !== "" || plural !== "pods") {
      throw new BadCallError(`Cannot evict ${resourceName(found.scope.resource)}: only pods can be evicted`);
    }
    await this.#parts.gate.send({ type: "evict", ...found });
  }

  /** `event(object, { type, reason, message })` */
  async event(args: Arguments): Promise<undefined> {
    const read = new ArgumentReader("kube.event");
    const { namespace, object } = createKubeEvent(read, args, this.#parts.origin());
    const resource = await this.#parts.access.resourceOf("v1", "Event");
    const scope = readScope(read, resource, namespace, "");
    await this.#parts.gate.send({ type: "create", scope, name: undefined, object });
  }

  /** Reads `(resource, { name, namespace? })`. */
  async #target(
    method: string,
    resource: unknown,
    target: unknown,
    event: EventKey,
  ): Promise<{ readonly scope: KubeScope; readonly name: string }> {
    const read = new ArgumentReader(`kube.${method}`);
    const { name, namespace } = read.object("the target", target);
    const found = await this.#parts.access.resource(read.text("the resource", resource));
    return { scope: readScope(read, found, namespace, event.namespace), name: readName(read, name) };
  }

  /** Reads which resource and namespace an object belongs to. */
  async #objectTarget(
    read: ArgumentReader,
    object: unknown,
    event: EventKey,
  ): Promise<{ readonly scope: KubeScope; readonly name: string | undefined }> {
    const { apiVersion, kind, metadata } = read.object("the object", object);
    const { name, namespace } = read.object("the object's metadata", metadata);
    const resource = await this.#parts.access.resourceOf(read.text("apiVersion", apiVersion), read.text("kind", kind));
    return {
      scope: readScope(read, resource, namespace, event.namespace),
      // The API server, too, takes an empty name for none.
      name: name === "" || name === null || name === undefined ? undefined : readName(read, name),
    };
  }
}
