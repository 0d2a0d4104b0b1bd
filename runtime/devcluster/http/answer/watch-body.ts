import type { ServerResponse } from "node:http";
import type { ResponseStream } from "../interceptor.ts";

/** A client that leaves more than this unread is too slow: its watch ends, and it goes on from what it has seen. */
export const WAITING_EVENTS_LIMIT = 1000;
export const WAITING_BYTES_LIMIT = 4 * 1024 * 1024;

export interface WatchConnection {
  hangUp(reset: boolean): void;
  /** Nothing more is sent. */
  tooSlow(): void;
}

/** The body of a watch on its connection. What is written in one tick goes out together. */
export class WatchBody implements ResponseStream {
  readonly #response: ServerResponse;
  readonly #connection: WatchConnection;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #state: "idle" | "scheduled" | "blocked" | "ended" = "idle";

  constructor(response: ServerResponse, connection: WatchConnection) {
    this.#response = response;
    this.#connection = connection;
    response.on("drain", () => this.#flush());
  }

  write(bytes: Uint8Array): void {
    if (this.#state === "ended") return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#state === "idle") {
      this.#state = "scheduled";
      process.nextTick(() => this.#flush());
    } else if (this.#state === "blocked" && this.#isTooMuch()) {
      this.#waiting = [];
      this.end();
      this.#connection.tooSlow();
    }
  }

  end(): void {
    if (this.#state === "ended") return;
    this.#flush();
    this.#state = "ended";
    this.#response.end();
  }

  hangUp(reset: boolean): void {
    this.#state = "ended";
    this.#connection.hangUp(reset);
  }

  #flush(): void {
    if (this.#state === "ended") return;
    const bytes = this.#waiting.length === 1 ? this.#waiting[0] : Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    const free = bytes === undefined || bytes.length === 0 || this.#response.write(bytes);
    this.#state = free ? "idle" : "blocked";
  }

  #isTooMuch(): boolean {
    return this.#waiting.length > WAITING_EVENTS_LIMIT || this.#waitingBytes > WAITING_BYTES_LIMIT;
  }
}
