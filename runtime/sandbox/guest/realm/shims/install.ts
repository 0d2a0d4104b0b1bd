import type { HostFunctions } from "../outbox.ts";
import { AbortController, AbortSignal } from "./abort.ts";

/** The web's globals that need no capability. vm2's realm has none of them. */
export function installShims(_host: HostFunctions): void {
  const globals = { AbortController, AbortSignal };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
