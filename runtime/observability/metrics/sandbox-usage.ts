import type { SandboxProcesses } from "./metric-sources.ts";

/** What the system says of a process. `undefined`: it is gone, or the system does not tell. */
export type ReadProcess = (processId: number) => Promise<ProcessUsage | undefined>;

export interface ProcessUsage {
  /** User and system time since it began. */
  readonly cpuSeconds: number;
  /** Private memory. */
  readonly memoryBytes: number;
}

export interface HandlerUsage extends ProcessUsage {
  readonly handler: string;
}

/** CPU time of one handler. */
interface Account {
  /** Of processes that have ended. */
  endedSeconds: number;
  readonly alive: Map<number, number>;
}

/** Sums over the processes of each handler, which come and go while CPU time only grows. */
export class SandboxUsage {
  readonly #readProcess: ReadProcess;
  readonly #sandboxes: () => readonly SandboxProcesses[];
  readonly #accounts = new Map<string, Account>();
  #reading: Promise<readonly HandlerUsage[]> | undefined;

  constructor(readProcess: ReadProcess, sandboxes: () => readonly SandboxProcesses[]) {
    this.#readProcess = readProcess;
    this.#sandboxes = sandboxes;
  }

  /** Reads once for all who ask at the same time. Handlers of which nothing was ever told are left out. */
  read(): Promise<readonly HandlerUsage[]> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<readonly HandlerUsage[]> {
    const sandboxes = this.#sandboxes();
    const here = new Set(sandboxes.map(({ handler }) => handler));
    for (const handler of this.#accounts.keys()) if (!here.has(handler)) this.#accounts.delete(handler);
    const used = await Promise.all(sandboxes.map((one) => this.#usageOf(one)));
    return used.filter((one) => one !== undefined);
  }

  async #usageOf({ handler, processIds }: SandboxProcesses): Promise<HandlerUsage | undefined> {
    const told = await Promise.all(processIds.map(async (id) => [id, await this.#readProcess(id)] as const));
    const present = new Map(told.flatMap(([id, usage]) => (usage ? [[id, usage] as const] : [])));
    const account = this.#accounts.get(handler);
    if (!account && present.size === 0) return undefined;
    const { endedSeconds, alive } = account ?? { endedSeconds: 0, alive: new Map<number, number>() };
    const ended = [...alive].filter(([id]) => !present.has(id)).map(([, seconds]) => seconds);
    const next: Account = {
      endedSeconds: endedSeconds + sum(ended),
      alive: new Map(Array.from(present, ([id, { cpuSeconds }]) => [id, cpuSeconds])),
    };
    this.#accounts.set(handler, next);
    return {
      handler,
      cpuSeconds: next.endedSeconds + sum([...next.alive.values()]),
      memoryBytes: sum(Array.from(present.values(), ({ memoryBytes }) => memoryBytes)),
    };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
