import type { HostFunctions } from "../outbox.ts";
import { AbortController, AbortSignal } from "./abort.ts";
import { atob, btoa } from "./base64.ts";
import { Buffer } from "./buffer.ts";
import { createCrypto } from "./crypto.ts";
import { CustomEvent } from "./custom-event.ts";
import { CryptoKey } from "./crypto-key.ts";
import { DOMException } from "./dom-exception.ts";
import { Event, EventTarget } from "./event-target.ts";
import { createPerformance } from "./performance.ts";
import { createProcess } from "./process.ts";
import { ReadableStream } from "./readable-stream.ts";
import { structuredClone } from "./structured-clone.ts";
import { TextDecoder, TextEncoder } from "./text-coding.ts";
import { createUrl } from "./url.ts";
import { URLSearchParams } from "./url-search-params.ts";

/** The web's globals that need no capability, and those of Node's that packages take for granted. A fresh realm has none of them. */
export function installShims(host: HostFunctions): void {
  const { now, url } = host;
  const globals = {
    AbortController,
    AbortSignal,
    Buffer,
    CustomEvent,
    CryptoKey,
    DOMException,
    Event,
    EventTarget,
    ReadableStream,
    TextDecoder,
    TextEncoder,
    URL: createUrl(url),
    URLSearchParams,
    atob,
    btoa,
    crypto: createCrypto(host),
    global: globalThis,
    performance: createPerformance(now),
    process: createProcess(now),
    self: globalThis,
    structuredClone,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
