/**
 * One revision at work: its caches and its process. It runs what it is given until it is drained, and starts its process
 * again when a run comes and none is alive. It does not decide what runs, nor when a crashing handler may go on.
 */
import type { Delivery, Outcome } from "#dispatch/ports.ts";
import type { Revision } from "#loader/revision.ts";
import type { GuestError, Sandbox, SandboxExit, SandboxPool, ServeOptions } from "#sandbox/sandbox.ts";
import { guestEventOf } from "./guest-event.ts";
import { crashed, outcomeOf } from "./outcome.ts";
import type { HandlerCaches } from "./ports.ts";

export interface RevisionServerDeps {
  readonly pool: SandboxPool;
  /** The variables that `allow.env` may name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The process ended by itself or at a deadline. Told before the ends of its runs. */
  readonly onDeath: (exit: SandboxExit) => void;
}

export type Opening = { readonly type: "open" } | { readonly type: "failed"; readonly error: GuestError };

export class RevisionServer {
  readonly revision: Revision;
  readonly caches: HandlerCaches;
  readonly #deps: RevisionServerDeps;
  readonly #stopped = new AbortController();
  #opening: Promise<Opening> | undefined;
  #sandbox: Sandbox | undefined;
  #running = 0;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(deps: RevisionServerDeps, revision: Revision, caches: HandlerCaches) {
    this.#deps = deps;
    this.revision = revision;
    this.caches = caches;
  }

  get running(): number {
    return this.#running;
  }

  /** Makes sure that a process is alive. */
  open(): Promise<Opening> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Ends with the run: at the latest by the handler's timeout. Never rejects. */
  async run(delivery: Delivery): Promise<Outcome> {
    this.#running++;
    try {
      return await this.#run(delivery);
    } finally {
      this.#running--;
      if (this.#running === 0) this.#idle?.resolve();
    }
  }

  /** Resolves once nothing runs. */
  async drained(): Promise<void> {
    if (this.#running === 0) return;
    this.#idle ??= Promise.withResolvers();
    await this.#idle.promise;
  }

  /** Tells every run in flight to come to its end. */
  abort(reason: string): void {
    this.#sandbox?.abort(reason);
  }

  /** Ends the process and lets go of the caches. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.caches.release();
    await this.#opening;
    await this.#sandbox?.stop();
  }

  async #run(delivery: Delivery): Promise<Outcome> {
    const { timeoutMs } = this.revision.options;
    const opening = await this.open();
    if (this.#stopped.signal.aborted) return { type: "innocent" };
    if (opening.type === "failed" || !this.#sandbox)
      return crashed(opening.type === "failed" ? opening.error.message : "");
    return outcomeOf(await this.#sandbox.run(guestEventOf(delivery), timeoutMs), timeoutMs);
  }

  async #open(): Promise<Opening> {
    const { revision, caches } = this;
    const { options, entry, bundle } = revision;
    const serve: ServeOptions = {
      entry,
      env: this.#envOf(options.allow.env),
      listers: Object.keys(options.listers),
      capabilities: caches.capabilities,
    };
    const opened = await this.#deps.pool.open(bundle, serve, options.memoryBytes, this.#stopped.signal);
    if (opened.type === "failed") {
      this.#opening = undefined;
      return opened;
    }
    this.#sandbox = opened.sandbox;
    void opened.sandbox.exited.then((exit) => this.#ended(exit));
    return { type: "open" };
  }

  #ended(exit: SandboxExit): void {
    this.#sandbox = undefined;
    this.#opening = undefined;
    if (exit.type !== "stopped") this.#deps.onDeath(exit);
  }

  #envOf(names: readonly string[]): Readonly<Record<string, string>> {
    const { env } = this.#deps;
    return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  }
}
