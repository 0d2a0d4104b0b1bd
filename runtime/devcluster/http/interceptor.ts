/** Where faults plug in: each request can be met before it is routed, and what is sent can be changed on its way out. */
import type { WatchEvent } from "../operations/api-operations.ts";
import type { RequestInfo } from "./request/request-info.ts";

export interface Interceptor {
  /** `undefined`: as always. */
  intercept(request: InterceptedRequest): Interception | undefined;
}

export interface InterceptedRequest {
  readonly info: RequestInfo;
  readonly query: URLSearchParams;
  readonly userAgent: string;
}

export interface Interception {
  /** Waits before anything else happens. */
  readonly delayMs?: number;
  /** Instead of what the server would say. */
  readonly answer?: InterceptedAnswer;
  /** Stands between the server and the connection: whatever it does not pass on is not sent. */
  readonly wrap?: (stream: ResponseStream) => ResponseStream;
}

export type InterceptedAnswer =
  | {
      readonly type: "status";
      readonly code: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The connection is closed without an answer; `reset`: with a TCP RST. */
  | { readonly type: "hang-up"; readonly reset: boolean }
  /** Nothing is said, and the connection stays. */
  | { readonly type: "stall" };

/** The body of one answer on its way to the client. */
export interface ResponseStream {
  /** Of a watch: called for each event, with it. Of anything else: once, with the whole body. */
  write(bytes: Uint8Array, event?: WatchEvent): void;
  /** Ends the body as it should end. */
  end(): void;
  /** Closes the connection in the middle; `reset`: with a TCP RST. */
  hangUp(reset: boolean): void;
}
