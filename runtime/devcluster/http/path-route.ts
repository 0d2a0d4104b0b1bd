import { value, text, type Answer } from "./answer/answer.ts";
import { parseAccept } from "./request/media-type.ts";
import { CONTROL_PATH, type ApiServerDeps, type ServedResources } from "./ports.ts";
import { methodNotAllowed, pathNotFound } from "./request/request-errors.ts";
import type { PathRequest } from "./request/request-info.ts";
import type { RouteRequest } from "./route-request.ts";

/** Answers a request for something that is no object: health, its own paths, and the documents about the API. */
export async function routePath(
  { path, method }: PathRequest,
  request: RouteRequest,
  deps: ApiServerDeps,
): Promise<Answer> {
  if (HEALTH.test(path)) return text(200, "ok");
  if (path.startsWith(CONTROL_PATH) && deps.control)
    return value(200, await deps.control({ method, path, query: request.query, body: () => request.body() }), "json");
  const document = deps.documents({ path, query: request.query, accept: parseAccept(request.accept) });
  if (document === undefined) return unknownPath(groupOf(path), deps.resources);
  if (method !== "GET") throw methodNotAllowed();
  const { body, contentType, headers = {} } = document;
  if (!(body instanceof Uint8Array)) {
    return { type: "bytes", code: 200, contentType, body: Buffer.from(`${JSON.stringify(body)}\n`), headers };
  }
  return { type: "bytes", code: 200, contentType, body, headers };
}

/** Below a built-in group the real server answers with a `Status`, everywhere else in plain text. */
export function unknownPath(group: string | undefined, resources: ServedResources): Answer {
  const isBuiltIn = resources.all().some((resource) => resource.group === group && !resource.custom);
  if (isBuiltIn) throw pathNotFound();
  return text(404, "404 page not found\n");
}

/** `undefined` outside of the API. */
function groupOf(path: string): string | undefined {
  const [, root, group, version] = path.split("/");
  if (root === "api" && group !== undefined) return "";
  return root === "apis" && version !== undefined ? group : undefined;
}

const HEALTH = /^\/(healthz|livez|readyz)(\/ping)?$/;
