/**
 * What the host and the guest say to each other: JSON in length-prefixed frames (an unsigned 32-bit little-endian count, then the bytes).
 * Descriptor 3 carries messages both ways; descriptor 4 strictly alternates one request of the guest and one answer.
 * The host trusts nothing that arrives here.
 */
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";

/** Of one frame that the guest sends. A larger one ends its process. */
export const GUEST_FRAME_LIMIT_BYTES = 8 * 2 ** 20;
/** Of one frame that the host sends: an event with two objects, a program, an answer. */
export const HOST_FRAME_LIMIT_BYTES = 64 * 2 ** 20;
/** Of one synchronous read: names, selectors and labels are short. */
export const READ_REQUEST_LIMIT_BYTES = 256 * 2 ** 10;
/** Of one answer to a synchronous read. */
export const READ_LIMIT_BYTES = 8 * 2 ** 20;
/** What the guest may have written and the host not yet taken. */
export const UNSENT_LIMIT_BYTES = 16 * 2 ** 20;
/** Of JSON that the guest sends. */
export const NESTING_LIMIT = 1000;
/** Asynchronous calls of one process that wait for an answer. */
export const CALLS_LIMIT = 64;
/** Of the frames of calls that have not ended: two of the largest. Further calls are refused. */
export const CALLS_LIMIT_BYTES = 16 * 2 ** 20;
/** What is called or logged outside of any run, or by nobody knows which. */
export const NO_RUN = 0;

/** Descriptors of the guest, beside stderr. */
export const MESSAGE_FD = 3;
export const READ_FD = 4;
/** Open files, which the guest closes before a handler comes. */
export const PROGRAM_FD = 5;
export const CODE_CACHE_FD = 6;

/** The argument of a guest that writes a code cache instead of reading one. */
export const LEARNER = "--learn";

/** What the handler's code runs in, inside the locked-down process. */
export type EngineName = ResolvedOptions["engine"];

/** `event` and `result` are made by concatenating bytes, in exactly this order of properties. */
export type HostMessage =
  | { readonly type: "load"; readonly engine: EngineName; readonly file: string; readonly code: string }
  | {
      readonly type: "serve";
      readonly entry: number;
      readonly env: Readonly<Record<string, string>>;
      readonly listers: readonly string[];
    }
  | { readonly type: "event"; readonly run: number; readonly event: unknown }
  | { readonly type: "abort"; readonly run: number; readonly reason: string }
  | { readonly type: "result"; readonly call: number; readonly value: unknown }
  | { readonly type: "failure"; readonly call: number; readonly error: CallError }
  | { readonly type: "ping" };

export type GuestMessage =
  /** `allowed`: what the process can still do although it must not. */
  | { readonly type: "ready"; readonly allowed: readonly string[] }
  | { readonly type: "loaded"; readonly module: unknown }
  | { readonly type: "loadFailed"; readonly error: WireError }
  /** `requeueAfter`: as the handler wrote it. */
  | { readonly type: "returned"; readonly run: number; readonly requeueAfter?: unknown }
  | { readonly type: "skipped"; readonly run: number }
  /** `delay`: of a `RetryAfter`, as the handler wrote it. */
  | { readonly type: "threw"; readonly run: number; readonly error: WireError; readonly delay?: unknown }
  | {
      readonly type: "call";
      readonly call: number;
      /** `NO_RUN` only for `fetch`. */
      readonly run: number;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  /** Nobody waits for its answer any more, and none comes. */
  | { readonly type: "cancel"; readonly call: number }
  | {
      readonly type: "log";
      /** Or `NO_RUN`. */
      readonly run: number;
      readonly level: "debug" | "info" | "warn" | "error";
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  /** A rejection that nobody handles, or a throw in a timer. */
  | { readonly type: "unhandled"; readonly error: WireError }
  | { readonly type: "pong" };

/** Descriptor 4: what the guest asks. */
export interface ReadRequest {
  readonly run: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Descriptor 4: what the host answers. */
export type ReadAnswer = { readonly value: unknown } | { readonly error: CallError };

/** `stack` speaks of the bundle's lines. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string | undefined;
}

/** What a call or a read of the guest throws there. The host's own stack stays in the host. */
export interface CallError {
  readonly name: string;
  readonly message: string;
  /** A number is an HTTP status. */
  readonly code?: string | number | undefined;
  /** Of the API server's `Status`. */
  readonly reason?: string | undefined;
  readonly details?: unknown;
}
