import { parseDuration } from "#resources/duration.ts";
import type { Clock } from "#kernel/clock.ts";
import { encodeEvent, encodeMessage, encodeReadError, encodeReadValue, encodeResult } from "./event-frame.ts";
import { exitReason } from "./exit-reason.ts";
import { ProtocolError } from "./guest-message.ts";
import type { GuestListener, GuestProcess, ProcessEnd } from "./guest-process.ts";
import { LogThrottle } from "./log-throttle.ts";
import { PendingRuns } from "./pending-runs.ts";
import { CALLS_LIMIT, READ_LIMIT_BYTES, type GuestMessage, type ReadRequest, type WireError } from "./protocol.ts";
import type { GuestEvent, RunEnd, Sandbox, SandboxExit, ServeOptions } from "./sandbox.ts";
import type { StackMap } from "./stack-map.ts";

/** For a run that heeds its `signal`: it ends by itself and the process is spared. */
const ABORT_GRACE_MS = 500;
const PERMANENT_CODES: ReadonlySet<string | undefined> = new Set(["PERMANENT", "NOT_ALLOWED"]);

interface Parts {
  readonly clock: Clock;
  readonly guest: GuestProcess;
  readonly stacks: StackMap;
  readonly memoryBytes: number;
}

/** A guest that serves one handler. */
export class ServingSandbox implements Sandbox, GuestListener {
  readonly exited: Promise<SandboxExit>;
  readonly #parts: Parts;
  readonly #serve: ServeOptions;
  readonly #runs: PendingRuns;
  readonly #throttle: LogThrottle;
  #calls = 0;
  #ending: "stopped" | "timedOut" | undefined;
  #gone = false;

  constructor(parts: Parts, serve: ServeOptions) {
    this.#parts = parts;
    this.#serve = serve;
    this.#runs = new PendingRuns(parts.clock);
    this.#throttle = new LogThrottle(parts.clock, parts.guest);
    parts.guest.listener = this;
    this.exited = parts.guest.ended.then((end) => this.#end(end));
    const { entry, env, listers } = serve;
    parts.guest.send(encodeMessage({ type: "serve", entry, env, listers }));
  }

  get pid(): number {
    return this.#parts.guest.pid;
  }

  get running(): number {
    return this.#runs.size;
  }

  run(event: GuestEvent, timeoutMs: number): Promise<RunEnd> {
    if (this.#gone) return Promise.resolve({ type: "innocent" });
    const { run, ended } = this.#runs.add(event.key, timeoutMs, (run) => this.#onDeadline(run));
    this.#parts.guest.send(encodeEvent(run, event));
    return ended;
  }

  abort(reason: string): void {
    for (const run of this.#runs.numbers()) this.#parts.guest.send(encodeMessage({ type: "abort", run, reason }));
  }

  async stop(): Promise<void> {
    this.#kill("stopped");
    await this.exited;
  }

  message(message: GuestMessage): void {
    switch (message.type) {
      case "returned":
        return this.#settle(message.run, this.#returned(message.requeueAfter));
      case "skipped":
        return this.#settle(message.run, { type: "skipped" });
      case "threw":
        return this.#settle(message.run, this.#threw(message.error, message.delay));
      case "call":
        if (this.#calls >= CALLS_LIMIT) throw new ProtocolError(`more than ${CALLS_LIMIT} calls at a time`);
        return void this.#call(message);
      case "log":
        return this.#log(message);
      case "unhandled":
        return this.#logUnhandled(message.error);
      case "pong":
        return this.#runs.answered();
      case "ready":
      case "loaded":
      case "loadFailed":
        throw new ProtocolError(`"${message.type}" while serving`);
    }
  }

  read({ run, method, args }: ReadRequest): Buffer {
    const key = this.#runs.key(run);
    if (!key) return encodeReadError(eventIsOver(method));
    try {
      const json = this.#serve.capabilities.read(method, args, key);
      return json.length > READ_LIMIT_BYTES ? encodeReadError(tooLarge(method, json.length)) : encodeReadValue(json);
    } catch (error) {
      return encodeReadError(toWireError(error));
    }
  }

  #settle(run: number, end: RunEnd): void {
    if (!this.#runs.settle(run, end)) throw new ProtocolError(`the end of run ${run}, which is not running`);
  }

  #returned(requeueAfter: unknown): RunEnd {
    if (requeueAfter === undefined || requeueAfter === null) return { type: "returned", requeueAfterMs: undefined };
    const requeueAfterMs = parseDuration(requeueAfter);
    if (requeueAfterMs !== undefined) return { type: "returned", requeueAfterMs };
    const message = `Cannot requeue after ${JSON.stringify(requeueAfter)}: it is no duration; write "30s" or "5m"`;
    return this.#threw({ name: "TypeError", message, stack: `TypeError: ${message}` }, undefined);
  }

  #threw(wire: WireError, delay: unknown): RunEnd {
    const error = this.#parts.stacks.toGuestError(wire);
    const permanent = PERMANENT_CODES.has(error.code);
    return { type: "threw", error, retryAfterMs: parseDuration(delay), permanent };
  }

  async #call({ call, run, method, args }: GuestMessage & { type: "call" }): Promise<void> {
    const { guest } = this.#parts;
    const key = this.#runs.key(run);
    this.#calls++;
    try {
      if (!key) return guest.send(encodeMessage({ type: "failure", call, error: eventIsOver(method) }));
      guest.send(encodeResult(call, await this.#serve.capabilities.call(method, args, key)));
    } catch (error) {
      guest.send(encodeMessage({ type: "failure", call, error: toWireError(error) }));
    } finally {
      this.#calls--;
    }
  }

  #log({ run, level, message, fields }: GuestMessage & { type: "log" }): void {
    this.#throttle.count();
    this.#serve.capabilities.log({ level, message, fields, event: this.#runs.key(run) });
  }

  #logUnhandled(wire: WireError): void {
    const { name, message, stack } = this.#parts.stacks.toGuestError(wire);
    const fields = { error: `${name}: ${message}`, stack };
    this.#serve.capabilities.log({ level: "error", message: "unhandled error", fields, event: undefined });
  }

  #onDeadline(run: number): void {
    const { guest } = this.#parts;
    this.#runs.expire(run, ABORT_GRACE_MS, () => this.#kill("timedOut"));
    guest.send(encodeMessage({ type: "abort", run, reason: "the deadline has passed" }));
    guest.send(encodeMessage({ type: "ping" }));
  }

  #kill(ending: "stopped" | "timedOut"): void {
    this.#ending ??= ending;
    this.#parts.guest.kill();
  }

  #end(end: ProcessEnd): SandboxExit {
    this.#gone = true;
    if (this.#ending === undefined || end.violation !== undefined) {
      const reason = exitReason(end, this.#parts.memoryBytes);
      this.#runs.settleAll({ type: "crashed", reason });
      return { type: "crashed", reason };
    }
    this.#runs.settleAll({ type: "innocent" });
    return { type: this.#ending };
  }
}

function eventIsOver(method: string): WireError {
  return { name: "Error", message: `Cannot call ${method}: the event is over`, stack: "", code: "EVENT_OVER" };
}

function tooLarge(method: string, bytes: number): WireError {
  const mib = (count: number): string => (count / 2 ** 20).toFixed(1);
  const message = `Cannot answer ${method}: ${mib(bytes)} MiB, the limit is ${mib(READ_LIMIT_BYTES)} MiB; use "fields" or "limit"`;
  return { name: "RangeError", message, stack: "", code: "TOO_LARGE" };
}

function toWireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: "" };
  const { name, message } = error;
  return "code" in error && typeof error.code === "string"
    ? { name, message, stack: "", code: error.code }
    : { name, message, stack: "" };
}
