/**
 * The only way from a handler's `kube` to the API server: each request is checked here against `allow.kube` and against what no handler
 * may write, and what was checked is what is sent. It reads no arguments; `kube-calls.ts` does.
 */
import { NotAllowedError } from "#handler-api/errors.ts";
import type { ObjectClient } from "#kubernetes/object-client.ts";
import { failedRequest } from "../errors.ts";
import type { BrokerDeps, RefusedCall } from "../ports.ts";
import type { KubeAccess } from "./kube-access.ts";
import { describeAction, requireNamespace } from "./kube-target.ts";
import { type NeededRight, type ObjectRequest, rightsFor, sendRequest } from "./object-request.ts";

export interface KubeGateDeps {
  readonly objects: ObjectClient;
  readonly access: KubeAccess;
  readonly sealed?: BrokerDeps["sealed"];
  /** Is told what the handler may not do. @default nothing */
  readonly refused?: ((call: RefusedCall) => void) | undefined;
  readonly signal: AbortSignal;
}

export class KubeGate {
  readonly #deps: KubeGateDeps;

  constructor(deps: KubeGateDeps) {
    this.#deps = deps;
  }

  /** What the API server answers. Throws `NotAllowedError` before anything is sent, `ApiError` for what the API server refuses. */
  async send(request: ObjectRequest): Promise<unknown> {
    let action = "";
    for (const right of rightsFor(request)) action = await this.#check(request, right);
    const answer = await sendRequest(this.#deps.objects, request, this.#deps.signal);
    if (answer.type === "object") return answer.object;
    throw failedRequest(action, answer);
  }

  /** Returns what is done, for messages. */
  async #check(request: ObjectRequest, { verb, subresource }: NeededRight): Promise<string> {
    const { scope } = request;
    const name = request.type === "list" ? undefined : request.name;
    const action = describeAction(verb, scope, name, subresource);
    if (request.type !== "list") requireNamespace(action, scope);
    const refusal =
      (await this.#deps.access.refusal(action, { verb, ...scope, subresource })) ?? this.#sealed(action, request);
    if (!refusal) return action;
    this.#deps.refused?.({ verb, ...scope, subresource, name: name ?? "", reason: refusal.message });
    throw refusal;
  }

  #sealed(action: string, request: ObjectRequest): NotAllowedError | undefined {
    if (request.type === "get" || request.type === "list") return undefined;
    // The API server reads an empty name as none.
    const name = request.name === "" ? undefined : request.name;
    const reason = this.#deps.sealed?.({ ...request.scope, name });
    return reason === undefined ? undefined : new NotAllowedError(`Cannot ${action}: ${reason}`);
  }
}
