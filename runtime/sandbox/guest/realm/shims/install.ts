import type { HostFunctions } from "../outbox.ts";
import { Blob, File } from "../fetch/blob.ts";
import type { Fetch } from "../fetch/fetch.ts";
import { FormData } from "../fetch/form-data.ts";
import { Headers } from "../fetch/headers.ts";
import { Request } from "../fetch/request.ts";
import { Response } from "../fetch/response.ts";
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

/** The web's globals, and those of Node's that packages take for granted. A fresh realm has none of them. */
export function installShims(host: HostFunctions, brokered: { readonly fetch: Fetch }): void {
  const { now, url } = host;
  const classes = {
    AbortController,
    AbortSignal,
    Blob,
    CustomEvent,
    CryptoKey,
    DOMException,
    Event,
    EventTarget,
    File,
    FormData,
    Headers,
    ReadableStream,
    Request,
    Response,
    TextDecoder,
    TextEncoder,
    URL: createUrl(url),
    URLSearchParams,
  };
  // Packages tell by it what an object is.
  for (const [value, { prototype }] of Object.entries(classes)) {
    Object.defineProperty(prototype, Symbol.toStringTag, { value, configurable: true });
  }
  const globals = {
    ...classes,
    Buffer,
    atob,
    btoa,
    crypto: createCrypto(host),
    global: globalThis,
    performance: createPerformance(now),
    process: createProcess(now),
    self: globalThis,
    structuredClone,
    ...brokered,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
