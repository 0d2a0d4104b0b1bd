import { type Clock, sleep } from "#kernel/clock.ts";
import type { LinkedAbort } from "#kernel/linked-abort.ts";
import { CallBytes } from "./call-bytes.ts";
import { CallsInFlight } from "./calls-in-flight.ts";
import { errorLine } from "#kernel/error-line.ts";
import { encodeEvent, encodeMessage, encodeReadError, encodeReadValue, encodeResult } from "./event-frame.ts";
import { exitReason, isOutOfMemory } from "./exit-reason.ts";
import { ProtocolError } from "./guest-message.ts";
import type { GuestListener, GuestProcess, ProcessEnd } from "./guest-process.ts";
import { HeldPipe } from "./held-pipe.ts";
import { LogThrottle } from "./log-throttle.ts";
import { PendingRuns, type RunCall } from "./pending-runs.ts";
import {
  NO_RUN,
  READ_LIMIT_BYTES,
  type GuestMessage,
  type ReadRequest,
  type WireError,
  type CallError,
} from "./protocol.ts";
import { toRunEnd, type EndMessage } from "./run-end.ts";
import type { GuestEvent, RunEnd, Sandbox, SandboxExit, ServeOptions } from "./sandbox.ts";
import type { StackMap } from "./stack-map.ts";
import { answerTooLarge, eventIsOver, toCallError, tooManyCallBytes } from "./call-error.ts";

/** For a run that heeds its `signal`: it ends by itself and the process is spared. */
const ABORT_GRACE_MS = 500;

interface Parts {
  readonly clock: Clock;
  readonly guest: GuestProcess;
  readonly stacks: StackMap;
  readonly memoryBytes: number;
}

type CallMessage = GuestMessage & { readonly type: "call" };

/** A call outside of any run. */
interface OutsideCall extends Omit<RunCall, "key"> {
  readonly key: undefined;
}

/** A guest that serves one handler. */
export class ServingSandbox implements Sandbox, GuestListener {
  readonly exited: Promise<SandboxExit>;
  readonly #parts: Parts;
  readonly #serve: ServeOptions;
  readonly #runs: PendingRuns;
  readonly #throttle: LogThrottle;
  readonly #pipe: HeldPipe;
  readonly #life = new AbortController();
  readonly #calls = new CallsInFlight();
  readonly #callBytes = new CallBytes();
  #ending: "stopped" | "timedOut" | undefined;
  #gone = false;

  constructor(parts: Parts, serve: ServeOptions) {
    this.#parts = parts;
    this.#serve = serve;
    this.#runs = new PendingRuns(parts.clock);
    this.#throttle = new LogThrottle(parts.clock, parts.guest);
    this.#pipe = new HeldPipe(parts.clock, parts.guest);
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

  remap(sourceMap: string): void {
    this.#parts.stacks.remap(sourceMap);
  }

  async stop(): Promise<void> {
    this.#kill("stopped");
    await this.exited;
  }

  receive(work: () => void): void {
    const { hostTime } = this.#serve.capabilities;
    hostTime.spend(work);
    const { waitMs } = hostTime;
    if (this.#pipe.holdFor(waitMs)) hostTime.heldBack(waitMs);
  }

  message(message: GuestMessage, bytes: number): void {
    switch (message.type) {
      case "returned":
      case "skipped":
      case "threw":
        return this.#settle(message);
      case "call":
        return this.#call(message, bytes);
      case "cancel":
        return this.#calls.cancel(message.call);
      case "log":
        return this.#log(message, bytes);
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

  /** Rejects if the process ends before its turn. */
  async read(request: ReadRequest): Promise<Buffer> {
    await this.#turn();
    return this.#serve.capabilities.hostTime.spend(() => this.#answer(request));
  }

  async #turn(): Promise<void> {
    const { hostTime } = this.#serve.capabilities;
    const { waitMs } = hostTime;
    if (waitMs === 0) return;
    hostTime.heldBack(waitMs);
    await sleep(this.#parts.clock, waitMs, this.#life.signal);
  }

  #answer({ run, method, args }: ReadRequest): Buffer {
    const key = this.#runs.key(run);
    if (!key) return encodeReadError(eventIsOver(method));
    try {
      const json = this.#serve.capabilities.read(method, args, key);
      const bytes = typeof json === "string" ? Buffer.byteLength(json) : json.length;
      return bytes > READ_LIMIT_BYTES ? encodeReadError(answerTooLarge(method, bytes)) : encodeReadValue(json);
    } catch (error) {
      return encodeReadError(toCallError(error));
    }
  }

  #settle(message: EndMessage): void {
    const { run } = message;
    const isRunning = this.#runs.settle(run, toRunEnd(message, this.#parts.stacks));
    if (!isRunning) throw new ProtocolError(`the end of run ${run}, which is not running`);
  }

  #call(message: CallMessage, bytes: number): void {
    const { call, run, method } = message;
    const refuse = (error: CallError): void => this.#parts.guest.send(encodeMessage({ type: "failure", call, error }));
    const ended = this.#callBytes.add(bytes);
    if (!ended) return refuse(tooManyCallBytes(method));
    const caller = this.#runs.startCall(run) ?? this.#callerOutside(run, method);
    if (caller) {
      const started = this.#calls.start(call, caller.signal);
      void this.#answerCall(message, caller, started).finally(ended);
    } else {
      ended();
      refuse(eventIsOver(method));
    }
  }

  async #answerCall(
    { call, method, args }: CallMessage,
    caller: RunCall | OutsideCall,
    started: LinkedAbort,
  ): Promise<void> {
    const { guest } = this.#parts;
    const { capabilities } = this.#serve;
    try {
      const json = await capabilities.call(method, args, caller.key, started.signal);
      if (this.#calls.end(call, started)) capabilities.hostTime.spend(() => guest.send(encodeResult(call, json)));
    } catch (error) {
      if (this.#calls.end(call, started))
        guest.send(encodeMessage({ type: "failure", call, error: toCallError(error) }));
    } finally {
      caller.end();
    }
  }

  /** Packages call the global `fetch`, which belongs to no run in particular when several are in flight. */
  #callerOutside(run: number, method: string): OutsideCall | undefined {
    if (run !== NO_RUN || method !== "fetch") return undefined;
    return { key: undefined, signal: this.#life.signal, end() {} };
  }

  #log({ run, level, message, fields }: GuestMessage & { type: "log" }, bytes: number): void {
    this.#throttle.count(bytes);
    const { stacks } = this.#parts;
    const told = { level, message: stacks.mapText(message), fields: stacks.mapFields(fields) };
    this.#serve.capabilities.log({ ...told, event: this.#runs.key(run) });
  }

  #logUnhandled(wire: WireError): void {
    const { stack, at, frame, ...error } = this.#parts.stacks.toGuestError(wire);
    const fields = { error: errorLine(error), stack, ...at, ...(frame !== undefined && { frame }) };
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
    this.#throttle.stop();
    this.#pipe.stop();
    this.#life.abort(new DOMException("the process is gone", "AbortError"));
    if (this.#ending === undefined || end.violation !== undefined) {
      const reason = exitReason(end, this.#parts.memoryBytes);
      this.#runs.settleAll({ type: "crashed", reason });
      return { type: isOutOfMemory(end) ? "outOfMemory" : "crashed", reason };
    }
    this.#runs.settleAll({ type: "innocent" });
    return { type: this.#ending };
  }
}
