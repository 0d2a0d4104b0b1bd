/**
 * The port of the sandbox: one locked-down process that has loaded one handler program.
 * The host owns every queue, lock and cache; a sandbox is code and nothing else and can be replaced at any moment.
 */
import type { EngineName } from "./protocol.ts";

/** A bundle to load. */
export interface Program {
  /** Identifies the code: equal ids mean equal code. */
  readonly id: string;
  /** The name in stack traces, relative: `pod-added.ts`. */
  readonly file: string;
  /** CommonJS, ES2022. */
  readonly code: string;
  /** JSON of the source map; `""` if there is none. */
  readonly sourceMap: string;
}

/** What the module exports, as data. Nothing here is validated. */
export interface LoadedModule {
  readonly default: ExportShape;
  /** `export const config`, as JSON; functions are `true`. */
  readonly config: unknown;
}

export type ExportShape =
  | { readonly type: "function" }
  /** Made by `on`. */
  | { readonly type: "handler"; readonly resource: unknown; readonly options: unknown }
  | { readonly type: "array"; readonly items: readonly ExportShape[] }
  /** `found`: `undefined`, `object`, `class`, … */
  | { readonly type: "other"; readonly found: string };

/** An error inside the sandbox. The stack is mapped to the handler's TypeScript. */
export interface GuestError {
  /** `""`: no code of the handler threw it, and `message` says it all. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly code: string | undefined;
  /** The first frame in a file of the handler; 1-based. */
  readonly at: { readonly file: string; readonly line: number; readonly column: number } | undefined;
  /** The source around `at`, as text. */
  readonly frame?: string | undefined;
}

export type LoadResult =
  | { readonly type: "loaded"; readonly module: LoadedModule }
  | { readonly type: "failed"; readonly error: GuestError };

/** Which export of the program serves, and what it may do. */
export interface ServeOptions {
  /** Index in the default export's array; 0 for a single handler. */
  readonly entry: number;
  /** The values of `allow.env`. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of `listers`. */
  readonly listers: readonly string[];
  readonly capabilities: Capabilities;
}

/** What the handler can reach, brokered by the host. Every call is checked there. */
export interface Capabilities {
  /**
   * An asynchronous call such as `kube.patch`. Resolves with JSON text; rejects with an error whose `code` the guest keeps.
   * `signal` aborts when nobody waits for the answer any more. `event` is undefined for a `fetch` outside of any event.
   */
  call(method: string, args: readonly unknown[], event: EventKey | undefined, signal: AbortSignal): Promise<string>;
  readonly hostTime: HostTime;
  /** A synchronous read of a cache, answered from memory. Returns JSON; throws what the handler shall see. */
  read(method: string, args: readonly unknown[], event: EventKey): Uint8Array | string;
  log(record: GuestLog): void;
}

/** How long a guest may keep the host busy. */
export interface HostTime {
  /** How long nothing more is to be taken from the guest, in milliseconds; 0: not at all. */
  readonly waitMs: number;
  /** Does what the guest has asked for, at its cost. */
  spend<T>(work: () => T): T;
  /** Is told when the guest is made to wait. */
  heldBack(forMs: number): void;
}

export interface EventKey {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
}

export interface GuestLog {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The event during which it was written; `undefined` outside of any. */
  readonly event: EventKey | undefined;
}

/** One event: the header as JSON fields, the objects as the bytes that came from the API server. */
export interface GuestEvent {
  /** Everything of the event but `object` and `old`. */
  readonly header: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly key: EventKey;
  readonly object: Uint8Array;
  readonly old: Uint8Array | undefined;
}

/** How a run ended. It always ends: at the latest half a second after its deadline, which is what a handler has to heed its `signal`. */
export type RunEnd =
  | { readonly type: "returned"; readonly requeueAfterMs: number | undefined }
  /** `when` was false. */
  | { readonly type: "skipped" }
  | {
      readonly type: "threw";
      readonly error: GuestError;
      readonly retryAfterMs: number | undefined;
      readonly permanent: boolean;
    }
  | { readonly type: "timedOut"; readonly how: Overrun }
  | { readonly type: "crashed"; readonly reason: string }
  /** The process was killed because of another run. */
  | { readonly type: "innocent" };

/**
 * Why a run was over time. `blocked`: the event loop did not answer; `unsettled`: a promise never settled; both ended the process.
 * `late`: the run heeded its `signal`, and the process was spared.
 */
export type Overrun = "blocked" | "unsettled" | "late";

export interface Sandbox {
  readonly pid: number;
  /** Runs in flight. */
  readonly running: number;
  /** Never rejects. `timeoutMs` from now. */
  run(event: GuestEvent, timeoutMs: number): Promise<RunEnd>;
  /** Aborts the `signal` of every run in flight. */
  abort(reason: string): void;
  /** The source map by which places in stacks are found from now on, for code that has moved to other lines of its file. */
  remap(sourceMap: string): void;
  /** Ends the process; runs in flight end as `innocent`. Idempotent. */
  stop(): Promise<void>;
  /** Resolves once the process is gone, with the reason if nobody asked for it. */
  readonly exited: Promise<SandboxExit>;
}

export type SandboxExit =
  | { readonly type: "stopped" }
  | { readonly type: "timedOut" }
  /** Its heap was full, or the system had no memory left. */
  | { readonly type: "outOfMemory"; readonly reason: string }
  /** `reason`: "exited (code 7)", … */
  | { readonly type: "crashed"; readonly reason: string };

export type OpenResult =
  | { readonly type: "open"; readonly sandbox: Sandbox }
  | { readonly type: "failed"; readonly error: GuestError };

/** The process that a handler asks for. */
export interface ProcessOptions {
  readonly engine: EngineName;
  readonly memoryBytes: number;
}

export interface SandboxPool {
  /**
   * Loads `program` and says what it exports. The process is kept for a moment: an `open` of the same program in the same engine
   * takes it over, so that code is loaded once between a save and its first event.
   */
  inspect(program: Program, engine: EngineName, signal: AbortSignal): Promise<LoadResult>;
  open(program: Program, serve: ServeOptions, options: ProcessOptions, signal: AbortSignal): Promise<OpenResult>;
  /** Ends every process. */
  close(): Promise<void>;
}
