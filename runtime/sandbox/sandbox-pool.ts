/**
 * Keeps processes ready for handlers, each locked down and of one use: a program is loaded into a fresh process, which is never
 * given another one. It does not decide when handlers are loaded, restarted or stopped. The supervisor calls it.
 */
import { availableParallelism } from "node:os";
import type { Clock, Timer } from "#kernel/clock.ts";
import { Gate } from "#kernel/gate.ts";
import type { GuestBundle } from "./guest-bundle.ts";
import type { GuestProcess } from "./guest-process.ts";
import { launchGuest, SandboxError } from "./launch-guest.ts";
import { loadProgram, type GuestLoad } from "./load-program.ts";
import type { LoadedGuest } from "./loaded-guest.ts";
import type { EngineName } from "./protocol.ts";
import type {
  GuestError,
  LoadResult,
  OpenResult,
  ProcessOptions,
  Program,
  Sandbox,
  SandboxPool,
  ServeOptions,
} from "./sandbox.ts";
import { findKernelLimits } from "./wrappers.ts";

const DEFAULT_MEMORY_BYTES = 64 * 2 ** 20;
/** Inspected programs wait this long for their `open`, from the last inspection on: caches have to be synced before. */
const KEEP_INSPECTED_MS = 30_000;
/** More than there are processors would only make each of them slower. */
const STARTS_AT_A_TIME = Math.max(2, availableParallelism());
/** To start a process costs as much as to load a handler several times: the next spare must not slow down those that wait for one. */
const NEXT_SPARE_AFTER_MS = 150;
const CLOSED = "Cannot start a sandbox: the pool is closed";

/** How much stands between a handler and the machine, beside its engine. */
export type Isolation = "process" | "process+rlimits";

export interface SandboxPoolOptions {
  readonly bundle: GuestBundle;
  /** `TZ` for handlers: all that they get of the environment. */
  readonly timeZone?: string;
  /** How many processes wait for code once handlers run. @default 1 */
  readonly spares?: number;
}

interface Inspected {
  readonly program: string;
  readonly engine: EngineName;
  readonly loaded: LoadedGuest;
}

export class ProcessSandboxPool implements SandboxPool {
  readonly #clock: Clock;
  readonly #options: SandboxPoolOptions;
  readonly #starts = new Gate(STARTS_AT_A_TIME);
  readonly #limits = findKernelLimits();
  #idleBytes: number | undefined;
  /** By file: a newer version of it takes the place of an older one. */
  readonly #inspected = new Map<string, Inspected>();
  readonly #open = new Set<Sandbox>();
  readonly #launching = new Set<Promise<GuestProcess>>();
  readonly #guests = new Set<GuestProcess>();
  /** Oldest first. */
  readonly #spares: Promise<GuestProcess>[] = [];
  #nextSpare: Timer | undefined;
  #nextLetGo: Timer | undefined;
  #closed = false;

  /** Where the kernel does not do it: a handler that blocks would go on without its host. */
  readonly #killAll = (): void => {
    for (const guest of this.#guests) guest.kill();
  };

  constructor(clock: Clock, options: SandboxPoolOptions) {
    this.#clock = clock;
    this.#options = options;
    process.on("exit", this.#killAll);
  }

  /** What stands between a handler and the machine, beside its engine. */
  get isolation(): Isolation {
    return this.#limits.prlimit === undefined ? "process" : "process+rlimits";
  }

  /** Starts processes for the first handlers and as spares, one at a time until a handler comes: the host has work to do as well. */
  async warm(): Promise<void> {
    for (let started = 0; started === this.#spares.length && started <= this.#spareCount; started++) {
      await this.#addSpare().catch(() => {});
    }
  }

  async inspect(program: Program, engine: EngineName, signal: AbortSignal): Promise<LoadResult> {
    const kept = this.#inspected.get(program.file);
    if (kept?.program === program.id && kept.engine === engine) return { type: "loaded", module: kept.loaded.module };
    const load = await this.#load(program, { engine, memoryBytes: DEFAULT_MEMORY_BYTES }, signal);
    if (load.type === "failed") return load;
    this.#keep(program, engine, load.loaded);
    return { type: "loaded", module: load.loaded.module };
  }

  async open(program: Program, serve: ServeOptions, options: ProcessOptions, signal: AbortSignal): Promise<OpenResult> {
    const kept = this.#takeInspected(program, options);
    const load: GuestLoad = kept ? { type: "loaded", loaded: kept } : await this.#load(program, options, signal);
    if (load.type === "failed") return load;
    const sandbox = load.loaded.serve(serve);
    this.#open.add(sandbox);
    void sandbox.exited.then(() => this.#open.delete(sandbox));
    return { type: "open", sandbox };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#nextSpare?.cancel();
    this.#nextLetGo?.cancel();
    await Promise.all(Array.from(this.#open, (sandbox) => sandbox.stop()));
    await Promise.allSettled(this.#launching);
    const guests = [...this.#guests];
    this.#killAll();
    await Promise.all(guests.map((guest) => guest.ended));
    process.off("exit", this.#killAll);
  }

  async #load(program: Program, options: ProcessOptions, signal: AbortSignal): Promise<GuestLoad> {
    const { engine, memoryBytes } = options;
    signal.throwIfAborted();
    try {
      const guest = await this.#take(memoryBytes);
      if (this.#closed) throw new SandboxError(CLOSED);
      return await loadProgram({ clock: this.#clock, guest, memoryBytes }, program, engine, signal);
    } catch (error) {
      if (error instanceof SandboxError) return { type: "failed", error: toGuestError(error) };
      throw error;
    }
  }

  /** A spare, if it has the right memory; a new one takes its place a little later. */
  async #take(memoryBytes: number): Promise<GuestProcess> {
    if (this.#closed) throw new SandboxError(CLOSED);
    const spare = memoryBytes === DEFAULT_MEMORY_BYTES ? this.#spares.shift() : undefined;
    if (!spare) return this.#launch(memoryBytes);
    const guest = await spare.finally(() => this.#fillUpLater());
    return this.#guests.has(guest) ? guest : this.#launch(memoryBytes);
  }

  #fillUpLater(): void {
    if (this.#closed) return;
    this.#nextSpare?.cancel();
    this.#nextSpare = this.#clock.setTimer(NEXT_SPARE_AFTER_MS, () => {
      if (this.#launching.size > 0) return this.#fillUpLater();
      while (this.#spares.length < this.#spareCount) void this.#addSpare().catch(() => {});
    });
  }

  get #spareCount(): number {
    return this.#options.spares ?? 1;
  }

  #addSpare(): Promise<GuestProcess> {
    const spare = this.#launch(DEFAULT_MEMORY_BYTES);
    this.#spares.push(spare);
    return spare;
  }

  #launch(memoryBytes: number): Promise<GuestProcess> {
    const launching = this.#starts.run(() => this.#launchTracked(memoryBytes));
    this.#launching.add(launching);
    const forget = (): void => void this.#launching.delete(launching);
    launching.then(forget, forget);
    return launching;
  }

  async #launchTracked(memoryBytes: number): Promise<GuestProcess> {
    if (this.#closed) throw new SandboxError(CLOSED);
    const { bundle, timeZone } = this.#options;
    const env: Record<string, string> = timeZone === undefined ? {} : { TZ: timeZone };
    const limits = this.#limits;
    const { guest, idleBytes } = await launchGuest(this.#clock, {
      bundle,
      memoryBytes,
      env,
      limits,
      idleBytes: this.#idleBytes,
    });
    this.#idleBytes = idleBytes;
    this.#guests.add(guest);
    void guest.ended.then(() => this.#guests.delete(guest));
    return guest;
  }

  #keep({ id, file }: Program, engine: EngineName, loaded: LoadedGuest): void {
    this.#letGo(file);
    this.#inspected.set(file, { program: id, engine, loaded });
    this.#nextLetGo?.cancel();
    this.#nextLetGo = this.#clock.setTimer(KEEP_INSPECTED_MS, () => {
      for (const kept of this.#inspected.keys()) this.#letGo(kept);
    });
  }

  #letGo(file: string): void {
    this.#inspected.get(file)?.loaded.discard();
    this.#inspected.delete(file);
  }

  #takeInspected({ id, file }: Program, { engine, memoryBytes }: ProcessOptions): LoadedGuest | undefined {
    const kept = this.#inspected.get(file);
    if (kept?.program !== id || kept.engine !== engine || memoryBytes !== DEFAULT_MEMORY_BYTES) return undefined;
    this.#inspected.delete(file);
    return kept.loaded;
  }
}

function toGuestError({ message, code }: SandboxError): GuestError {
  return { name: "", message, stack: message, code, at: undefined };
}
