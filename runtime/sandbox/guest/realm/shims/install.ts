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
import { CryptoKey } from "./crypto-key.ts";
import { DOMException } from "./dom-exception.ts";
import { Event, EventTarget } from "./event-target.ts";
import { createPerformance } from "./performance.ts";
import { ReadableStream } from "./readable-stream.ts";
import { structuredClone } from "./structured-clone.ts";
import { TextDecoder, TextEncoder } from "./text-coding.ts";
import { createUrl } from "./url.ts";
import { URLSearchParams } from "./url-search-params.ts";

/** The web's globals, and `Buffer`. vm2's realm has none of them. */
export function installShims(host: HostFunctions, brokered: { readonly fetch: Fetch }): void {
  const { now, url } = host;
  const classes = {
    AbortController,
    AbortSignal,
    Blob,
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
    performance: createPerformance(now),
    structuredClone,
    ...brokered,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
