import { ReadableStream } from "../shims/readable-stream.ts";
import { URLSearchParams } from "../shims/url-search-params.ts";
import { decodeUtf8 } from "../shims/utf8.ts";
import { Blob, streamOf, withoutMark } from "./blob.ts";
import { bodyTooLarge, type Content, readStream } from "./body-content.ts";
import { FormData } from "./form-data.ts";
import type { Headers } from "./headers.ts";
import { decodeMultipart } from "./multipart.ts";

/** What `Request` and `Response` have in common. A body is read once. */
export class WithBody {
  readonly headers: Headers;
  #content: Content | null;
  /** Of `bytes`, once somebody has asked for it. */
  #stream: ReadableStream | undefined;
  #isTaken = false;

  constructor(headers: Headers, content: Content | null) {
    this.headers = headers;
    this.#content = content;
  }

  /** Not of the standard's surface: the whole body, which is used up then; `undefined` if there is none. */
  static async take(of: WithBody, limitBytes?: number): Promise<Uint8Array | undefined> {
    return of.#content ? await of.#take(limitBytes) : undefined;
  }

  /** Not of the standard's surface: the body for another owner; this one's is used up then. */
  static move(from: WithBody): Content | null {
    const content = from.#content;
    if (!content) return null;
    from.#assertUsable();
    from.#isTaken = true;
    return content;
  }

  /** Not of the standard's surface: gives `copy` the same body. */
  static shareBody(of: WithBody, copy: WithBody): void {
    const content = of.#content;
    if (content) of.#assertUsable();
    if (content?.type !== "stream") copy.#content = content;
    else {
      const [own, other] = content.stream.tee();
      of.#content = { type: "stream", stream: own };
      copy.#content = { type: "stream", stream: other };
    }
  }

  get body(): ReadableStream | null {
    if (!this.#content) return null;
    if (this.#content.type === "stream") return this.#content.stream;
    this.#stream ??= this.#isTaken ? usedUp() : streamOf(this.#content.bytes);
    return this.#stream;
  }

  get bodyUsed(): boolean {
    const stream = this.#content?.type === "stream" ? this.#content.stream : this.#stream;
    return this.#isTaken || (stream !== undefined && ReadableStream.isDisturbed(stream));
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#bytes()).slice().buffer;
  }

  async bytes(): Promise<Uint8Array> {
    return (await this.#bytes()).slice();
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.#bytes()], { type: this.headers.get("content-type") ?? "" });
  }

  async text(): Promise<string> {
    return decodeUtf8(withoutMark(await this.#bytes()), false);
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async formData(): Promise<FormData> {
    const type = this.headers.get("content-type") ?? "";
    const bytes = await this.#bytes();
    const boundary = /^multipart\/form-data[ \t]*;(?:.*;)?[ \t]*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
    if (boundary) return decodeMultipart(bytes, boundary[1] ?? boundary[2] ?? "");
    if (!/^application\/x-www-form-urlencoded[ \t]*(;|$)/i.test(type)) {
      throw new TypeError(`Cannot read a form: the content-type is ${JSON.stringify(type)}`);
    }
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(decodeUtf8(bytes, false))) form.append(name, value);
    return form;
  }

  async #bytes(): Promise<Uint8Array> {
    return this.#content ? await this.#take() : new Uint8Array(0);
  }

  async #take(limitBytes?: number): Promise<Uint8Array> {
    this.#assertUsable();
    const content = this.#content;
    this.#isTaken = true;
    if (content?.type === "stream") return await readStream(content.stream, limitBytes);
    if (this.#stream) return await readStream(this.#stream, limitBytes);
    const bytes = content?.bytes ?? new Uint8Array(0);
    if (limitBytes !== undefined && bytes.length > limitBytes) throw bodyTooLarge(limitBytes);
    return bytes;
  }

  #assertUsable(): void {
    if (this.bodyUsed) throw new TypeError("Body is unusable: Body has already been read");
    const stream = this.#content?.type === "stream" ? this.#content.stream : this.#stream;
    if (stream?.locked) throw new TypeError("Body is unusable: its stream is locked");
  }
}

/** The stream of a body that was read. */
function usedUp(): ReadableStream {
  const stream = streamOf(new Uint8Array(0));
  stream.getReader();
  return stream;
}
