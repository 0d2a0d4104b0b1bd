import type { ApiClient, ApiRequest } from "../http/api-client.ts";
import { readText } from "../http/body-text.ts";
import { parseJson } from "#kernel/json-value.ts";
import type { ObjectAnswer, ObjectClient, PatchType } from "../object-client.ts";
import { resourcePath } from "./resource-path.ts";

/** Whoever applies fields must have a name: server-side apply keeps an owner for each field. */
const FIELD_MANAGER = "informd";
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

const PATCH_CONTENT_TYPES: Readonly<Record<PatchType, string>> = {
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

export interface ObjectClientOptions {
  /** The API server checks writes and keeps nothing of them. @default false */
  readonly dryRun?: boolean | undefined;
}

export function createObjectClient(api: ApiClient, { dryRun = false }: ObjectClientOptions = {}): ObjectClient {
  const asked = { dryRun: dryRun ? "All" : undefined };
  const call = async (request: ApiRequest, signal: AbortSignal): Promise<ObjectAnswer> => {
    const answer = await api.send(request, signal);
    if (answer.type !== "response") return answer;
    const text = await readText(answer, MAX_ANSWER_BYTES);
    if (typeof text !== "string") return text;
    const object = parseJson(text);
    if (object !== undefined) return { type: "object", object };
    return { type: "malformed", message: `the answer to ${request.method} ${request.path} is no JSON` };
  };
  return {
    get: (target, signal) => call({ method: "GET", path: resourcePath(target) }, signal),
    list({ resource, namespace, labelSelector, limit }, signal) {
      return call({ method: "GET", path: resourcePath({ resource, namespace }, { labelSelector, limit }) }, signal);
    },
    create: (target, object, signal) =>
      call(
        withBody("POST", resourcePath(target, { fieldManager: FIELD_MANAGER, ...asked }), object, "application/json"),
        signal,
      ),
    patch: (target, patch, type, signal) =>
      call(
        withBody("PATCH", resourcePath(target, { ...patchQuery(type), ...asked }), patch, PATCH_CONTENT_TYPES[type]),
        signal,
      ),
    delete: (target, signal) => call({ method: "DELETE", path: resourcePath(target, asked) }, signal),
  };
}

/** An apply takes over fields that others own, as controllers should (Kubernetes: "Server-Side Apply", conflicts). */
function patchQuery(type: PatchType) {
  return { fieldManager: FIELD_MANAGER, force: type === "apply" ? true : undefined };
}

function withBody(method: "POST" | "PATCH", path: string, object: unknown, contentType: string): ApiRequest {
  return { method, path, headers: { "content-type": contentType }, body: JSON.stringify(object) };
}
