/**
 * One HTTP exchange with the API server. The answer's body comes as chunks, each handed over in the tick in which it
 * arrives. Whatever else can give an `HttpResponse`, for example a faster reader of sockets, can take undici's place.
 */
import type { Dispatcher } from "undici";
import type { RequestFailure } from "../request-failure.ts";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With the query, from the server's URL on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | undefined;
  /** A watch: its answer goes on for as long as it likes, with silences. Whoever sends it sets the deadline. */
  readonly isEndless?: boolean;
}

/** No other answer stands still for so long; without a limit a connection that a proxy has forgotten would hold up a list for ever. */
const BODY_TIMEOUT_MS = 60_000;

export type Unreachable = Extract<RequestFailure, { type: "unreachable" }>;

export interface HttpResponse {
  readonly type: "response";
  readonly status: number;
  header(name: string): string | undefined;
  /**
   * Calls `onChunk` with each piece of the body until its end; chunks are valid in that call only.
   * A failure: the connection broke before the end. Rejects with the signal's reason, or with what `onChunk` threw.
   */
  read(onChunk: (chunk: Buffer) => void): Promise<Unreachable | undefined>;
}

/** Rejects only with the signal's reason. The response must be read: until then its connection stands still. */
export function exchange(
  dispatcher: Dispatcher,
  server: string,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse | Unreachable> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const flight = new Flight(resolve, reject, signal);
    const { origin, pathname } = new URL(server);
    const { method, headers, body = null, isEndless = false } = request;
    const bodyTimeout = isEndless ? 0 : BODY_TIMEOUT_MS;
    const path = `${pathname === "/" ? "" : pathname}${request.path}`;
    dispatcher.dispatch({ origin, path, method, headers: { ...headers }, body, bodyTimeout }, flight);
  });
}

/** The life of one exchange: waits for the head, then paused for its reader, then read, then settled. */
class Flight implements Dispatcher.DispatchHandler {
  readonly #answer: (response: HttpResponse | Unreachable) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #signal: AbortSignal;
  readonly #body = Promise.withResolvers<Unreachable | undefined>();
  #controller: Dispatcher.DispatchController | undefined;
  #onChunk: ((chunk: Buffer) => void) | undefined;

  constructor(
    answer: (response: HttpResponse | Unreachable) => void,
    reject: (reason: unknown) => void,
    signal: AbortSignal,
  ) {
    this.#answer = answer;
    this.#reject = reject;
    this.#signal = signal;
    this.#body.promise.catch(() => {});
    signal.addEventListener("abort", this.#abort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) this.#abort();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    controller.pause();
    this.#answer({
      type: "response",
      status,
      header: (name) => String(headers[name] ?? "") || undefined,
      read: (onChunk) => {
        this.#onChunk = onChunk;
        controller.resume();
        return this.#body.promise;
      },
    });
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    try {
      this.#onChunk?.(chunk);
    } catch (error) {
      this.#signal.removeEventListener("abort", this.#abort);
      this.#fail(error);
      this.#controller?.abort(asError(error));
    }
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener("abort", this.#abort);
    this.#body.resolve(undefined);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#signal.removeEventListener("abort", this.#abort);
    const failure = unreachable(error);
    this.#answer(failure);
    this.#body.resolve(failure);
  }

  readonly #abort = (): void => {
    this.#fail(this.#signal.reason);
    this.#controller?.abort(asError(this.#signal.reason));
  };

  #fail(reason: unknown): void {
    this.#reject(reason);
    this.#body.reject(reason);
  }
}

function unreachable(error: Error): Unreachable {
  const cause = rootCause(error);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
  return { type: "unreachable", code, message: cause.message || code };
}

/** Several addresses that all refuse make an `AggregateError`. */
function rootCause(error: Error): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return rootCause(error.errors[0]);
  return error.cause instanceof Error && !("code" in error) ? rootCause(error.cause) : error;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
