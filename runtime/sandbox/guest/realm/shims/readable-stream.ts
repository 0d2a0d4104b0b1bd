/** A source of chunks, as `ReadableStream` takes it. */
interface Source {
  start?(controller: Controller): unknown;
  pull?(controller: Controller): unknown;
  cancel?(reason: unknown): unknown;
}

interface Controller {
  readonly desiredSize: number;
  enqueue(chunk: unknown): void;
  close(): void;
  error(reason: unknown): void;
}

type State = { readonly type: "readable" | "closed" } | { readonly type: "errored"; readonly reason: unknown };
type ReadResult =
  | { readonly done: false; readonly value: unknown }
  | { readonly done: true; readonly value: undefined };

/** The default kind of stream, without byte streams and `pipeTo`. */
export class ReadableStream {
  readonly #source: Source;
  readonly #queue: unknown[] = [];
  #state: State = { type: "readable" };
  #changed = Promise.withResolvers<void>();
  #reader: object | undefined;
  #isDisturbed = false;
  readonly #started: Promise<unknown>;

  constructor(source: Source = {}) {
    this.#source = source;
    this.#started = this.#guarded(async () => source.start?.(this.#controller));
  }

  static from(chunks: Iterable<unknown> | AsyncIterable<unknown>): ReadableStream {
    const iterator = iterate(chunks);
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => iterator.return(undefined),
    });
  }

  /** Not of the standard's surface: whether it was read from or cancelled. */
  static isDisturbed(stream: ReadableStream): boolean {
    return stream.#isDisturbed;
  }

  get locked(): boolean {
    return this.#reader !== undefined;
  }

  getReader() {
    if (this.#reader) throw new TypeError("ReadableStream is locked");
    const reader = {
      closed: this.#closed(),
      read: () => this.#read(),
      cancel: (reason?: unknown) => this.#cancel(reason),
      releaseLock: () => {
        if (this.#reader === reader) this.#reader = undefined;
      },
    };
    this.#reader = reader;
    return reader;
  }

  async cancel(reason?: unknown): Promise<void> {
    if (this.#reader) throw new TypeError("ReadableStream is locked");
    await this.#cancel(reason);
  }

  /** Both get every chunk; what one has read and the other not waits in memory. */
  tee(): [ReadableStream, ReadableStream] {
    const reader = this.getReader();
    const branches = new Set<Controller>();
    const pull = async (): Promise<void> => {
      const { done, value } = await reader.read();
      for (const branch of branches) {
        if (done) branch.close();
        else branch.enqueue(value);
      }
    };
    const branch = (): ReadableStream => {
      let controller: Controller | undefined;
      return new ReadableStream({
        start(own) {
          controller = own;
          branches.add(own);
        },
        pull,
        async cancel(reason) {
          if (controller) branches.delete(controller);
          if (branches.size === 0) await reader.cancel(reason);
        },
      });
    };
    return [branch(), branch()];
  }

  async *values(): AsyncGenerator {
    const reader = this.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    } finally {
      await reader.cancel();
      reader.releaseLock();
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator {
    return this.values();
  }

  get #controller(): Controller {
    const queue = this.#queue;
    return {
      get desiredSize() {
        return 1 - queue.length;
      },
      enqueue: (chunk) => {
        if (this.#state.type !== "readable") throw new TypeError("The stream is not readable");
        queue.push(chunk);
        this.#wake();
      },
      close: () => this.#end({ type: "closed" }),
      error: (reason) => this.#end({ type: "errored", reason }),
    };
  }

  async #read(): Promise<ReadResult> {
    this.#isDisturbed = true;
    await this.#started;
    while (this.#queue.length === 0) {
      if (this.#state.type === "errored") throw this.#state.reason;
      if (this.#state.type === "closed") return { done: true, value: undefined };
      const changed = this.#changed.promise;
      await this.#guarded(async () => this.#source.pull?.(this.#controller));
      if (this.#queue.length === 0 && this.#state.type === "readable") await changed;
    }
    return { done: false, value: this.#queue.shift() };
  }

  async #cancel(reason: unknown): Promise<void> {
    this.#isDisturbed = true;
    if (this.#state.type !== "readable") return;
    this.#queue.length = 0;
    this.#end({ type: "closed" });
    await this.#source.cancel?.(reason);
  }

  async #closed(): Promise<void> {
    while (this.#state.type === "readable") await this.#changed.promise;
  }

  #end(state: State): void {
    if (this.#state.type === "readable") this.#state = state;
    this.#wake();
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  async #guarded(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (reason) {
      this.#end({ type: "errored", reason });
    }
  }
}

async function* iterate(chunks: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<unknown, void> {
  yield* chunks;
}
