import type { Answer } from "./answer/answer.ts";
import { routePath } from "./path-route.ts";
import type { ApiServerDeps } from "./ports.ts";
import { checkTimeout } from "./request/options/timeout-parameter.ts";
import type { RouteRequest } from "./route-request.ts";
import { routeResource } from "./resource-route.ts";

/** Finds who answers. Throws `StatusError`. */
export async function route(request: RouteRequest, deps: ApiServerDeps): Promise<Answer> {
  const { info, query } = request;
  if (info.verb !== "watch") checkTimeout(query.get("timeout") ?? "");
  return info.type === "resource" ? routeResource(info, request, deps) : routePath(info, request, deps);
}
