import type { Clock } from "#kernel/clock.ts";
import type { RequestInfo } from "./request/request-info.ts";

/** One request as the server saw it, for tests that ask what a client did. */
export interface LoggedRequest {
  /** `list`, `watch`, …; of a path outside the API the method in lower case. */
  readonly verb: string;
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly userAgent: string;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  /** `undefined` while the answer goes on. */
  readonly endMs: number | undefined;
  /** `undefined` until there is one; for ever if the connection went first. */
  readonly status: number | undefined;
  /** Kept only if the server was asked to keep bodies. */
  readonly body: Uint8Array | undefined;
}

export interface RequestLogOptions {
  /** @default 10_000: then the oldest are forgotten */
  readonly limit?: number;
  /** @default false */
  readonly keepBodies?: boolean;
}

export type BegunRequest = Pick<LoggedRequest, "query" | "userAgent"> & { readonly info: RequestInfo };

/** What the server adds to an entry while it answers. */
export interface LogEntry {
  body(bytes: Uint8Array): void;
  /** The answer is over, or the connection. */
  end(status: number | undefined): void;
}

const LIMIT = 10_000;

export class RequestLog {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #keepBodies: boolean;
  #entries: { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] }[] = [];

  constructor({ clock }: { readonly clock: Clock }, { limit = LIMIT, keepBodies = false }: RequestLogOptions = {}) {
    this.#clock = clock;
    this.#limit = limit;
    this.#keepBodies = keepBodies;
  }

  /** The oldest first. */
  requests(): readonly LoggedRequest[] {
    return this.#entries.slice(-this.#limit).map((entry) => ({ ...entry }));
  }

  begin({ info, query, userAgent }: BegunRequest): LogEntry {
    const entry = {
      verb: info.verb,
      method: info.method,
      path: info.path,
      query,
      userAgent,
      startMs: this.#clock.now(),
      endMs: undefined as number | undefined,
      status: undefined as number | undefined,
      body: undefined as Uint8Array | undefined,
    };
    this.#entries.push(entry);
    // Cut in large steps: a cut copies what stays.
    if (this.#entries.length >= 2 * this.#limit) this.#entries = this.#entries.slice(-this.#limit);
    return {
      body: (bytes) => {
        if (this.#keepBodies) entry.body = bytes;
      },
      end: (status) => {
        entry.status = status;
        entry.endMs = this.#clock.now();
      },
    };
  }
}
