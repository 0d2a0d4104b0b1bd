/** `kube`: requests to the API server on behalf of a handler, each checked before it is sent. */
import { elementsOf, isRecord } from "#kernel/json-value.ts";
import type { ObjectAnswer, PatchType } from "#kubernetes/object-client.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { ArgumentReader } from "../argument-reader.ts";
import { ApiError } from "../errors.ts";
import { KubeAccess } from "./kube-access.ts";
import { createKubeEvent } from "./kube-event.ts";
import { describeAction, type KubeScope, readName, readScope, requireNamespace } from "./kube-target.ts";
import type { BrokerDeps, BrokeredHandler, EventKey, RefusedCall } from "../ports.ts";

type Arguments = readonly unknown[];
type Call = (args: Arguments, event: EventKey) => Promise<unknown>;

const PATCH_TYPES = ["merge", "json", "strategic"] as const;

export interface KubeCallsDeps extends Pick<BrokerDeps, "objects" | "catalog" | "clock" | "signal"> {
  /** Is told what the handler may not do. */
  readonly refused: (call: RefusedCall) => void;
}

/** What is sent for one object. */
interface ObjectRequest {
  readonly verb: string;
  readonly scope: KubeScope;
  /** `undefined` for an object whose name the API server makes. */
  readonly name: string | undefined;
  readonly subresource?: string | undefined;
}

/** Finds the call that a method names: `get`, `patchStatus`. */
export function createKubeCalls(deps: KubeCallsDeps, handler: BrokeredHandler): (method: string) => Call | undefined {
  const calls = new KubeCalls(deps, handler);
  const methods = new Map<string, Call>([
    ["get", (args, event) => calls.get(args, event)],
    ["list", (args, event) => calls.list(args, event)],
    ["create", (args, event) => calls.create(args, event)],
    ["apply", (args, event) => calls.apply(args, event)],
    ["patch", (args, event) => calls.patch("patch", undefined, args, event)],
    ["patchStatus", (args, event) => calls.patch("patchStatus", "status", args, event)],
    ["scale", (args, event) => calls.scale(args, event)],
    ["delete", (args, event) => calls.delete(args, event)],
    ["event", (args) => calls.event(args)],
  ]);
  return (method) => methods.get(method);
}

class KubeCalls {
  readonly #deps: KubeCallsDeps;
  readonly #handler: BrokeredHandler;
  readonly #access: KubeAccess;

  constructor(deps: KubeCallsDeps, handler: BrokeredHandler) {
    this.#deps = deps;
    this.#handler = handler;
    this.#access = new KubeAccess(deps.catalog, handler, deps.signal);
  }

  /** `get(resource, { name, namespace? })` */
  async get([resource, target]: Arguments, event: EventKey): Promise<unknown> {
    const { scope, name } = await this.#target("get", resource, target, event);
    return this.#send({ verb: "get", scope, name }, () =>
      this.#deps.objects.get({ ...scope, name }, this.#deps.signal),
    );
  }

  /** `list(resource, { namespace?, labelSelector?, limit? })`: the items, each with its `apiVersion` and `kind`. */
  async list([resource, query]: Arguments, event: EventKey): Promise<unknown> {
    const read = new ArgumentReader("kube.list");
    const { namespace, labelSelector, limit } = read.optionalObject("the query", query);
    const found = await this.#access.resource(read.text("the resource", resource));
    const scope = readScope(read, found, namespace, event.namespace);
    const selector = read.optionalText("labelSelector", labelSelector);
    const count = read.optionalCount("limit", limit);
    const list = await this.#send({ verb: "list", scope, name: undefined }, () =>
      this.#deps.objects.list(
        { ...scope, ...(selector && { labelSelector: selector }), ...(count && { limit: count }) },
        this.#deps.signal,
      ),
    );
    const items = elementsOf(list, "items").filter(isRecord);
    return items.map((item) => ({ apiVersion: apiVersionOf(found), kind: found.kind, ...item }));
  }

  /** `create(object)` */
  async create([object]: Arguments, event: EventKey): Promise<unknown> {
    const { scope, name } = await this.#objectTarget(new ArgumentReader("kube.create"), object, event);
    return this.#create(scope, name, object);
  }

  /** `apply(object)`: server-side apply. */
  async apply([object]: Arguments, event: EventKey): Promise<unknown> {
    const read = new ArgumentReader("kube.apply");
    const { scope, name: given } = await this.#objectTarget(read, object, event);
    const name = readName(read, given);
    // An apply creates what is not there: the API server, too, wants both rights then.
    await this.#check({ verb: "create", scope, name });
    return this.#patch({ verb: "patch", scope, name }, object, "apply");
  }

  /** `patch(resource, { name, namespace? }, patch, { type? })` */
  async patch(
    method: "patch" | "patchStatus",
    subresource: string | undefined,
    [resource, target, patch, options]: Arguments,
    event: EventKey,
  ): Promise<unknown> {
    const read = new ArgumentReader(`kube.${method}`);
    const { type } = read.optionalObject("the options", options);
    const patchType = read.choice("type", type ?? "merge", PATCH_TYPES);
    if (patchType !== "json") read.object("the patch", patch);
    const { scope, name } = await this.#target(method, resource, target, event);
    return this.#patch({ verb: "patch", scope, name, subresource }, patch, patchType);
  }

  /** `scale(resource, { name, namespace? }, replicas)` */
  async scale([resource, target, replicas]: Arguments, event: EventKey): Promise<undefined> {
    const count = new ArgumentReader("kube.scale").count("the number of replicas", replicas);
    const { scope, name } = await this.#target("scale", resource, target, event);
    await this.#patch({ verb: "patch", scope, name, subresource: "scale" }, { spec: { replicas: count } }, "merge");
  }

  /** `delete(resource, { name, namespace? })` */
  async delete([resource, target]: Arguments, event: EventKey): Promise<undefined> {
    const { scope, name } = await this.#target("delete", resource, target, event);
    await this.#send({ verb: "delete", scope, name }, () =>
      this.#deps.objects.delete({ ...scope, name }, this.#deps.signal),
    );
  }

  /** `event(object, { type, reason, message })` */
  async event(args: Arguments): Promise<undefined> {
    const origin = { handler: this.#handler.id, now: this.#deps.clock.now() };
    const read = new ArgumentReader("kube.event");
    const { namespace, object } = createKubeEvent(read, args, origin);
    const resource = await this.#access.resourceOf("v1", "Event");
    await this.#create(readScope(read, resource, namespace, ""), undefined, object);
  }

  #create(scope: KubeScope, name: string | undefined, object: unknown): Promise<unknown> {
    return this.#send({ verb: "create", scope, name }, () =>
      this.#deps.objects.create(scope, object, this.#deps.signal),
    );
  }

  #patch(request: ObjectRequest & { readonly name: string }, patch: unknown, type: PatchType): Promise<unknown> {
    const { scope, name, subresource } = request;
    const target = { ...scope, name, ...(subresource !== undefined && { subresource }) };
    return this.#send(request, () => this.#deps.objects.patch(target, patch, type, this.#deps.signal));
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
    const found = await this.#access.resource(read.text("the resource", resource));
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
    const resource = await this.#access.resourceOf(read.text("apiVersion", apiVersion), read.text("kind", kind));
    return {
      scope: readScope(read, resource, namespace, event.namespace),
      name: read.optionalText("metadata.name", name),
    };
  }

  /** Checks, sends, and turns what the server refuses into an error. */
  async #send(request: ObjectRequest, send: () => Promise<ObjectAnswer>): Promise<unknown> {
    const action = await this.#check(request);
    const answer = await send();
    if (answer.type === "object") return answer.object;
    throw new ApiError(action, answer);
  }

  /** Returns what is done, for messages. */
  async #check({ verb, scope, name, subresource }: ObjectRequest): Promise<string> {
    const action = describeAction(verb, scope, name, subresource);
    if (verb !== "list") requireNamespace(action, scope);
    const refusal = await this.#access.refusal(action, { verb, ...scope, subresource });
    if (!refusal) return action;
    this.#deps.refused({ verb, ...scope, subresource, name: name ?? "", reason: refusal.message });
    throw refusal;
  }
}
