import type { Clock } from "#kernel/clock.ts";
import type { EarlyMessages } from "./early-messages.ts";
import type { GuestProcess } from "./guest-process.ts";
import type { LoadedModule, ServeOptions } from "./sandbox.ts";
import { ServingSandbox } from "./serving-sandbox.ts";
import type { StackMap } from "./stack-map.ts";

interface Parts {
  readonly clock: Clock;
  readonly guest: GuestProcess;
  readonly stacks: StackMap;
  readonly memoryBytes: number;
}

/** A guest that has evaluated a program and waits to be told which handler of it to serve. */
export class LoadedGuest {
  readonly module: LoadedModule;
  readonly #parts: Parts;
  readonly #early: EarlyMessages;

  constructor(parts: Parts, module: LoadedModule, early: EarlyMessages) {
    this.module = module;
    this.#parts = parts;
    this.#early = early;
  }

  serve(options: ServeOptions): ServingSandbox {
    const sandbox = new ServingSandbox(this.#parts, options);
    this.#early.deliver(sandbox);
    return sandbox;
  }

  discard(): void {
    this.#parts.guest.kill();
  }
}
