import type { ApiClient, ApiRequest } from "../http/api-client.ts";
import { parseJson } from "#kernel/json-value.ts";
import { isNestedDeeper } from "#kernel/nesting.ts";
import { readBody } from "../http/body-text.ts";
import type { ObjectAnswer, ObjectClient, PatchType } from "../object-client.ts";
import { resourcePath } from "./resource-path.ts";

/** The runtime's own. Whoever writes fields must have a name: server-side apply keeps an owner for each. */
const FIELD_MANAGER = "informd";
/** As much as a handler may have of a cache (`READ_LIMIT_BYTES` of the sandbox). The server itself takes no object over 3 MiB. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** A third of a handler's default timeout: it is to hear that the server is busy, and not to time out without a word of it. */
const MAX_WAITED_MS = 10_000;
/** Of JSON. What walks a deeper value runs out of stack. */
const MAX_NESTING = 1_000;

const PATCH_CONTENT_TYPES: Readonly<Record<PatchType, string>> = {
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

export interface ObjectClientOptions {
  /** The API server checks writes and keeps nothing of them. @default false */
  readonly dryRun?: boolean | undefined;
  /** @default "informd" */
  readonly fieldManager?: string;
}

export function createObjectClient(api: ApiClient, options: ObjectClientOptions = {}): ObjectClient {
  const { dryRun = false, fieldManager = FIELD_MANAGER } = options;
  const asked = { dryRun: dryRun ? "All" : undefined };
  const send = (request: ApiRequest, signal: AbortSignal): Promise<ObjectAnswer> => sendForObject(api, request, signal);
  return {
    isDryRun: dryRun,
    withFieldManager: (name) => createObjectClient(api, { ...options, fieldManager: name }),
    get: (target, signal) => send({ method: "GET", path: resourcePath(target) }, signal),
    list({ resource, namespace, labelSelector, limit }, signal) {
      return send({ method: "GET", path: resourcePath({ resource, namespace }, { labelSelector, limit }) }, signal);
    },
    create: (target, object, signal) =>
      send(withBody("POST", resourcePath(target, { fieldManager, ...asked }), object, "application/json"), signal),
    patch(target, patch, type, signal) {
      // An apply takes over fields that others own, as controllers should (Kubernetes: "Server-Side Apply", conflicts).
      const query = { fieldManager, force: type === "apply" ? true : undefined, ...asked };
      return send(withBody("PATCH", resourcePath(target, query), patch, PATCH_CONTENT_TYPES[type]), signal);
    },
    delete: (target, signal) => send({ method: "DELETE", path: resourcePath(target, asked) }, signal),
    evict(target, signal) {
      const { name, namespace } = target;
      const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
      const path = resourcePath({ ...target, subresource: "eviction" }, asked);
      return send(withBody("POST", path, eviction, "application/json"), signal);
    },
  };
}

async function sendForObject(api: ApiClient, request: ApiRequest, signal: AbortSignal): Promise<ObjectAnswer> {
  const answer = await api.send({ ...request, maxWaitedMs: MAX_WAITED_MS }, signal);
  if (answer.type !== "response") return answer;
  const body = await readBody(answer, MAX_ANSWER_BYTES);
  if (!Buffer.isBuffer(body)) return body;
  if (isNestedDeeper(body, MAX_NESTING)) {
    return { type: "malformed", message: `it is nested more than ${MAX_NESTING} deep` };
  }
  const object = parseJson(body.toString());
  if (object === undefined) return { type: "malformed", message: "it is no JSON" };
  return { type: "object", object, bytes: body.length };
}

function withBody(method: "POST" | "PATCH", path: string, object: unknown, contentType: string): ApiRequest {
  return { method, path, headers: { "content-type": contentType }, body: JSON.stringify(object) };
}
