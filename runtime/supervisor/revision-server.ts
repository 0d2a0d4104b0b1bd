/**
 * One revision at work: its caches and its process. It runs what it is given until it is stopped, and starts its process
 * again when a run comes and none is alive. It does not decide what runs, nor when a crashing handler may go on.
 */
import type { Delivery, Outcome } from "#dispatch/ports.ts";
import type { Revision } from "#loader/revision.ts";
import type { GuestError, OpenResult, RunEnd, Sandbox, SandboxExit, SandboxPool } from "#sandbox/sandbox.ts";
import { guestEventOf } from "./guest-event.ts";
import { crashed, outcomeOf } from "./outcome.ts";
import type { HandlerCaches } from "./ports.ts";

export interface RevisionServerDeps {
  readonly pool: SandboxPool;
  /** The variables that `allow.env` may name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A process ended that nobody had stopped, or could not start for a run. Told before the ends of its runs. */
  readonly onDeath: (server: RevisionServer, exit: SandboxExit) => void;
}

const STOPPED: GuestError = {
  name: "",
  message: "the process was stopped before it was up",
  stack: "",
  code: undefined,
  at: undefined,
};

export class RevisionServer {
  readonly caches: HandlerCaches;
  readonly #deps: RevisionServerDeps;
  #revision: Revision;
  readonly #stopping = new AbortController();
  #opening: Promise<OpenResult> | undefined;
  #alive: Sandbox | undefined;
  #running = 0;
  #retired = false;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(deps: RevisionServerDeps, revision: Revision, caches: HandlerCaches) {
    this.#deps = deps;
    this.#revision = revision;
    this.caches = caches;
  }

  get revision(): Revision {
    return this.#revision;
  }

  /** Of its process, if one is alive. */
  get processIds(): readonly number[] {
    return this.#alive ? [this.#alive.pid] : [];
  }

  /** The same revision, from other lines of its file. */
  move(revision: Revision): void {
    this.#revision = revision;
    this.#alive?.remap(revision.bundle.sourceMap);
  }

  /** Makes sure that a process is alive. */
  open(): Promise<OpenResult> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Ends at the latest by the handler's timeout. Never rejects. */
  async run(delivery: Delivery): Promise<Outcome> {
    this.#running++;
    try {
      return await this.#run(delivery);
    } finally {
      this.#running--;
      if (this.#running === 0) this.#idle?.resolve();
    }
  }

  /** Another revision serves: what has not begun, because no process was up, begins there. */
  retire(): void {
    this.#retired = true;
    if (!this.#alive) void this.stop();
  }

  /** Resolves once nothing runs. */
  async drained(): Promise<void> {
    if (this.#running === 0) return;
    this.#idle ??= Promise.withResolvers();
    await this.#idle.promise;
  }

  /** Asks every run in flight to come to its end. */
  abort(reason: string): void {
    this.#alive?.abort(reason);
  }

  /** Ends the process, whatever runs in it, and lets go of the caches. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    await this.#opening;
    await this.#alive?.stop();
    this.caches.release();
  }

  async #run(delivery: Delivery): Promise<Outcome> {
    const { timeoutMs } = this.#revision.options;
    const event = guestEventOf(delivery);
    const opening = await this.open();
    if (this.#retired || this.#stopping.signal.aborted) return { type: "innocent" };
    if (opening.type === "failed") return crashed(opening.error.message);
    const end = await opening.sandbox.run(event, timeoutMs);
    // The end of a run and the exit of its process arrive in any order.
    if (endedProcess(end)) this.#died(opening.sandbox, await opening.sandbox.exited);
    return outcomeOf(end, timeoutMs);
  }

  async #open(): Promise<OpenResult> {
    const opened = await this.#openSandbox();
    if (opened.type === "failed") {
      this.#opening = undefined;
      if (!this.#stopping.signal.aborted) this.#deps.onDeath(this, { type: "crashed", reason: opened.error.message });
      return opened;
    }
    const { sandbox } = opened;
    this.#alive = sandbox;
    sandbox.remap(this.#revision.bundle.sourceMap);
    void sandbox.exited.then((exit) => this.#died(sandbox, exit));
    return opened;
  }

  async #openSandbox(): Promise<OpenResult> {
    const { pool } = this.#deps;
    const { options, entry, bundle } = this.#revision;
    const serve = {
      entry,
      env: this.#envOf(options.allow.env),
      listers: Object.keys(options.listers),
      capabilities: this.caches.capabilities,
    };
    const { signal } = this.#stopping;
    try {
      return await pool.open(bundle, serve, { engine: options.engine, memoryBytes: options.memoryBytes }, signal);
    } catch (error) {
      if (signal.aborted) return { type: "failed", error: STOPPED };
      throw error;
    }
  }

  #envOf(names: readonly string[]): Readonly<Record<string, string>> {
    const { env } = this.#deps;
    const given = names.flatMap((name) => {
      const value = Object.hasOwn(env, name) ? env[name] : undefined;
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(given);
  }

  #died(sandbox: Sandbox, exit: SandboxExit): void {
    if (this.#alive !== sandbox) return;
    this.#alive = undefined;
    this.#opening = undefined;
    if (exit.type !== "stopped") this.#deps.onDeath(this, exit);
  }
}

function endedProcess(end: RunEnd): boolean {
  return end.type === "crashed" || end.type === "innocent" || (end.type === "timedOut" && end.how !== "late");
}
