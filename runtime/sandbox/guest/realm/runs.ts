import { NO_RUN } from "../../protocol.ts";
import type { Calls } from "./calls.ts";
import { createContext } from "./context.ts";
import { delayOf, describe } from "./errors.ts";
import type { Handler } from "./exports.ts";
import type { Outbox } from "./outbox.ts";
import { AbortController } from "./shims/abort.ts";

/** What the handler was given to serve with. */
interface Serving {
  readonly handler: Handler;
  readonly env: Readonly<Record<string, string>>;
  readonly listers: readonly string[];
}

/** The events that the handler works on. */
export class Runs {
  readonly #outbox: Outbox;
  readonly #calls: Calls;
  readonly #controllers: Record<number, AbortController> = Object.create(null);
  #serving: Serving | undefined;
  #count = 0;
  #latest = 0;

  constructor(outbox: Outbox, calls: Calls) {
    this.#outbox = outbox;
    this.#calls = calls;
  }

  /** The only run in flight; `NO_RUN` if there is none or more than one. */
  get sole(): number {
    return this.#count === 1 ? this.#latest : NO_RUN;
  }

  /** For whom a call is made that names no run. Throws before a handler serves: the host answers nothing then. */
  caller(method: string): number {
    if (!this.#serving) throw new Error(`Cannot call ${method} while the file is loaded: call it in the handler`);
    return this.sole;
  }

  serve(handler: Handler, env: Serving["env"], listers: Serving["listers"]): void {
    this.#serving = { handler, env: Object.freeze(env), listers };
  }

  async start(run: number, event: unknown): Promise<void> {
    const controller = new AbortController();
    this.#controllers[run] = controller;
    this.#count++;
    this.#latest = run;
    try {
      this.#outbox.finish(await this.#execute(run, event, controller.signal));
    } catch (thrown) {
      this.#outbox.finish({ type: "threw", run, error: describe(thrown), delay: delayOf(thrown) });
    } finally {
      this.#count--;
      delete this.#controllers[run];
    }
  }

  abort(run: number, reason: string): void {
    this.#controllers[run]?.abort(new Error(reason));
  }

  async #execute(run: number, event: unknown, signal: AbortController["signal"]) {
    if (!this.#serving) throw new Error("no handler is served");
    const { handler, env, listers } = this.#serving;
    if (handler.when && !(await handler.when(event))) return { type: "skipped", run } as const;
    const context = createContext({ run, env, listers, signal, outbox: this.#outbox, calls: this.#calls });
    return { type: "returned", run, requeueAfter: requeueAfterOf(await handler.run(event, context)) } as const;
  }
}

/** What is returned by mistake, as in Go or as controller-runtime has it, must not look like success. */
function requeueAfterOf(result: unknown): unknown {
  if (typeof result !== "object" || !result || Array.isArray(result)) return undefined;
  if (result instanceof Error) throw result;
  const requeueAfter: unknown = Reflect.get(result, "requeueAfter");
  const other = requeueAfter === undefined && Object.keys(result).find((name) => /^re_?queue/i.test(name));
  if (!other || other === "requeueAfter") return requeueAfter;
  throw new TypeError(`Cannot use the returned "${other}": to be told again, return { requeueAfter: "5m" }`);
}
