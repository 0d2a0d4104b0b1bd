/**
 * The inside of the sandbox: this code shares the engine's realm with the handler. It turns messages into calls of the handler and back.
 * It must go on working when the handler has changed the realm's built-in objects, so it uses only what `primordials.ts` kept.
 */
import { Calls } from "./calls.ts";
import { installConsole } from "./console.ts";
import { describe } from "./errors.ts";
import { createFetch } from "./fetch/fetch.ts";
import { describeModule, selectHandler } from "./exports.ts";
import { Outbox, type HostFunctions } from "./outbox.ts";
import { parseMessage } from "./primordials.ts";
import { Runs } from "./runs.ts";
import { installShims } from "./shims/install.ts";
import { formatStacks } from "./stacks.ts";
import { installTimers } from "./timers.ts";

/** Called once by the guest. What it returns is all that the guest ever calls. */
export function start(host: HostFunctions) {
  const outbox = new Outbox(host);
  const calls = new Calls(outbox);
  const runs = new Runs(outbox, calls);
  formatStacks();
  installShims(host, { fetch: createFetch(calls, () => runs.caller("fetch")) });
  installConsole((level, message, fields) => outbox.log(runs.sole, level, message, fields));
  const fire = installTimers(host, (thrown) => outbox.send({ type: "unhandled", error: describe(thrown) }));
  let exported: unknown;

  return {
    fire,
    adopt(exports: unknown): void {
      exported = exports;
      outbox.finish({ type: "loaded", module: describeModule(exports) });
    },
    failLoad(thrown: unknown): void {
      outbox.finish({ type: "loadFailed", error: describe(thrown) });
    },
    receive(text: string): void {
      const message = parseMessage(text);
      switch (message.type) {
        case "event":
          return void runs.start(message.run, message.event);
        case "abort":
          return runs.abort(message.run, message.reason);
        case "result":
          return calls.resolve(message.call, message.value);
        case "failure":
          return calls.reject(message.call, message.error);
        case "serve":
          return runs.serve(selectHandler(exported, message.entry), message.env, message.listers);
        case "load":
        case "ping":
          return undefined; // Taken by the guest before they come here.
      }
    },
  };
}
