import type { Answer } from "./answer/answer.ts";
import { routePath } from "./path-route.ts";
import type { ApiServerDeps } from "./ports.ts";
import type { RequestInfo } from "./request/request-info.ts";
import { routeResource } from "./resource-route.ts";

/** One request that may pass, without its connection. */
export interface RouteRequest {
  readonly info: RequestInfo;
  readonly query: URLSearchParams;
  /** Headers, empty if not sent. */
  readonly accept: string;
  readonly contentType: string;
  readonly userAgent: string;
  /** Read when it is asked for. Throws 413. */
  body(): Promise<Buffer>;
}

/** Finds who answers. Throws `StatusError`. */
export async function route(request: RouteRequest, deps: ApiServerDeps): Promise<Answer> {
  const { info } = request;
  return info.type === "resource" ? routeResource(info, request, deps) : routePath(info, request, deps);
}
