import type {
  GuestEvent,
  LoadResult,
  OpenResult,
  ProcessOptions,
  Program,
  RunEnd,
  Sandbox,
  SandboxExit,
  SandboxPool,
  ServeOptions,
} from "#sandbox/sandbox.ts";

export interface PendingRun {
  readonly event: GuestEvent;
  readonly timeoutMs: number;
  readonly sandbox: SubstituteSandbox;
  end(end?: RunEnd): void;
}

/** One process that only writes down what it is told. A test ends its runs. */
export class SubstituteSandbox implements Sandbox {
  readonly pid: number;
  readonly program: Program;
  readonly serve: ServeOptions;
  readonly aborts: string[] = [];
  readonly runs = new Set<PendingRun>();
  sourceMap: string;
  readonly #exit = Promise.withResolvers<SandboxExit>();
  readonly #onRun: (run: PendingRun) => void;
  /** The process is gone. */
  ended = false;

  constructor(pid: number, program: Program, serve: ServeOptions, onRun: (run: PendingRun) => void) {
    this.pid = pid;
    this.program = program;
    this.sourceMap = program.sourceMap;
    this.serve = serve;
    this.#onRun = onRun;
  }

  get running(): number {
    return this.runs.size;
  }

  get exited(): Promise<SandboxExit> {
    return this.#exit.promise;
  }

  run(event: GuestEvent, timeoutMs: number): Promise<RunEnd> {
    return new Promise((resolve) => {
      const run: PendingRun = {
        event,
        timeoutMs,
        sandbox: this,
        end: (end = { type: "returned", requeueAfterMs: undefined }) => {
          this.runs.delete(run);
          resolve(end);
        },
      };
      this.runs.add(run);
      this.#onRun(run);
    });
  }

  abort(reason: string): void {
    this.aborts.push(reason);
  }

  remap(sourceMap: string): void {
    this.sourceMap = sourceMap;
  }

  stop(): Promise<void> {
    this.#die({ type: "stopped" }, { type: "innocent" });
    return Promise.resolve();
  }

  /** The process ends by itself. */
  crash(reason: string): void {
    this.#die({ type: "crashed", reason }, { type: "crashed", reason });
  }

  /** `culprit` passed its deadline. */
  timeOut(culprit: PendingRun): void {
    culprit.end({ type: "timedOut", how: "blocked" });
    this.#die({ type: "timedOut" }, { type: "innocent" });
  }

  #die(exit: SandboxExit, end: RunEnd): void {
    this.ended = true;
    for (const run of this.runs) run.end(end);
    this.#exit.resolve(exit);
  }
}

/** Opens substitute processes, unless a test says that a program does not start. */
export class SubstitutePool implements SandboxPool {
  readonly sandboxes: SubstituteSandbox[] = [];
  readonly runs: PendingRun[] = [];
  /** Program ids that do not start. */
  readonly broken = new Set<string>();
  onRun: (run: PendingRun) => void = (run) => void this.runs.push(run);
  /** A process that is nearly up when it is not wanted any more. */
  ignoresSignals = false;
  #held: { readonly code: string; readonly go: () => void }[] | undefined;

  /** From now on no process comes up. */
  hold(): void {
    this.#held ??= [];
  }

  /** What was held back comes up, the last one first. */
  letStart(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const { go } of held.toReversed()) go();
  }

  /** The processes of this code come up, the others are still held back. */
  letStartOnly(code: string): void {
    for (const held of this.#held ?? []) if (held.code === code) held.go();
  }

  inspect(): Promise<LoadResult> {
    throw new Error("Cannot inspect: the supervisor never does");
  }

  async open(
    program: Program,
    serve: ServeOptions,
    _options: ProcessOptions,
    signal: AbortSignal,
  ): Promise<OpenResult> {
    await new Promise<void>((resolve, reject) => {
      if (!this.ignoresSignals) signal.addEventListener("abort", () => reject(signal.reason));
      if (this.#held) this.#held.push({ code: program.code, go: resolve });
      else resolve();
    });
    if (!this.ignoresSignals) signal.throwIfAborted();
    if (this.broken.has(program.id)) {
      const error = { name: "Error", message: "does not start", stack: "", code: undefined, at: undefined };
      return { type: "failed", error };
    }
    const sandbox = new SubstituteSandbox(this.sandboxes.length + 1, program, serve, (run) => this.onRun(run));
    this.sandboxes.push(sandbox);
    return { type: "open", sandbox };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get alive(): readonly SubstituteSandbox[] {
    return this.sandboxes.filter(({ ended }) => !ended);
  }
}
