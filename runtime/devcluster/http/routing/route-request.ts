import type { RequestInfo } from "../request/request-info.ts";

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
