import { isNativeError, isProxy } from "node:util/types";
import type { Engine } from "./engine.ts";
import { createHostFunctions } from "./host-functions.ts";
import { describeSafely } from "./unhandled.ts";

export interface HandlerRealm {
  /** Evaluates a program and reports what it exports. */
  load(code: string, file: string): void;
  /** Any message but `load` and `ping`. */
  receive(text: string): void;
}

/** The realm in which the handler lives, with the code that runs it. */
export function createHandlerRealm(
  engine: Engine,
  channels: {
    send(text: string): void;
    finish(text: string): void;
    read(text: string): string;
  },
): HandlerRealm {
  const host = createHostFunctions({ ...channels, fire: (timer) => fire(timer) });
  const { receive, fire, adopt, failLoad } = engine.realm.start(host);
  return {
    load(code, file) {
      try {
        adopt(engine.run(code, file));
      } catch (thrown) {
        if (isOwn(thrown)) channels.send(JSON.stringify({ type: "loadFailed", error: describeSafely(thrown) }));
        else failLoad(thrown);
      }
    },
    receive,
  };
}

/** Thrown by the guest's own realm, as for a program that is no JavaScript. */
function isOwn(thrown: unknown): boolean {
  return !isProxy(thrown) && isNativeError(thrown) && thrown instanceof Error;
}
