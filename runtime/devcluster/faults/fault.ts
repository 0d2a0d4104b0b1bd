/** What can be made to go wrong between the server and a client, so that clients are tested against it. */

/** A fault and the requests that meet it. */
export interface FaultRule {
  /** @default every request */
  readonly match?: RequestMatch;
  /** How many matching requests go by untouched before the first that meets it. @default 0 */
  readonly after?: number;
  /** How many requests meet it. @default 1 */
  readonly times?: number | "always";
  readonly fault: Fault;
}

/** Every member that is there must fit. */
export interface RequestMatch {
  /** `list`, `watch`, `get`, …; of a path outside of the API the method in lower case. */
  readonly verb?: string;
  /** `pods`, `deployments.apps`. */
  readonly resource?: string;
  /** A beginning of the path. */
  readonly path?: string;
  /** A part of the user agent. */
  readonly userAgent?: string;
}

export type Fault = AnswerFault | BodyFault | WatchFault;

export type AnswerFault =
  /** Answers with this `Status` instead. */
  | {
      readonly type: "status";
      readonly code: number;
      readonly reason?: string;
      readonly message?: string;
      readonly retryAfterSeconds?: number;
    }
  /** Waits before it answers. */
  | { readonly type: "delay"; readonly ms: number }
  /** Closes the connection without an answer; `reset`: with a TCP RST. */
  | { readonly type: "hangUp"; readonly reset?: boolean }
  /** Says nothing, and keeps the connection. */
  | { readonly type: "stall" };

export type BodyFault =
  /** Ends the body after so many bytes. */
  | { readonly type: "cut"; readonly bytes: number; readonly how: Ending }
  /** Sends so many bytes a second. */
  | { readonly type: "drip"; readonly bytesPerSecond: number }
  /** Sends pieces of so many bytes. */
  | { readonly type: "split"; readonly bytes: number };

/** How a connection ends: as it should, closed, with a TCP RST, or not at all: nothing is sent any more. */
export type Ending = "end" | "hangUp" | "reset" | "silence";

/** Happens to a watch at the event after the first `afterEvents` ones, bookmarks not counted. @default 0 */
export type WatchFault = { readonly afterEvents?: number } & (
  | { readonly type: "stop"; readonly how: Ending; readonly midLine?: boolean }
  /** An `ERROR` event with this status, then the end. */
  | { readonly type: "error"; readonly code: number; readonly reason: string; readonly message: string }
  /** This line comes before the event. */
  | { readonly type: "line"; readonly text: string }
  /** The event is lost. */
  | { readonly type: "skip" }
  /** The event comes twice. */
  | { readonly type: "duplicate" }
  /** The event is told once more with resourceVersion 1. */
  | { readonly type: "backwards" }
  /** The event comes without its newline, and the watch ends. */
  | { readonly type: "noNewline" }
  /** Lines end with CRLF from here, with an empty line after each. */
  | { readonly type: "crlf" }
  /** Objects are lost from here; bookmarks come. */
  | { readonly type: "bookmarksOnly" }
  /** The bookmark that ends the initial events is lost. */
  | { readonly type: "noInitialEventsEnd" }
  /** A bookmark comes before the event that is so many revisions ahead of it. */
  | { readonly type: "bookmarkAhead"; readonly revisions: number }
);
