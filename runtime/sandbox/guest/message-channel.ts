import { Socket } from "node:net";
import { GUEST_FRAME_LIMIT_BYTES, MESSAGE_FD, UNSENT_LIMIT_BYTES } from "../protocol.ts";
import { encodeText, FrameTexts } from "./frame.ts";

/** Of one tick. What follows is gathered: 30,000 small messages cost as many system calls otherwise. */
const WRITTEN_AT_ONCE = 100;

/** Descriptor 3. The process ends with it: nothing outlives the host. */
export class MessageChannel {
  onMessage: (text: string) => void = () => {};
  readonly #socket = new Socket({ fd: MESSAGE_FD, readable: true, writable: true });
  readonly #exit = process.exit.bind(process);
  #unsent: Buffer[] = [];
  #unsentBytes = 0;
  #writtenAtOnce = 0;

  constructor() {
    const frames = new FrameTexts();
    this.#socket.on("data", (chunk: Buffer) => {
      for (const text of frames.push(chunk)) this.onMessage(text);
    });
    this.#socket.on("end", () => this.#exit(0));
    this.#socket.on("error", () => this.#exit(0));
  }

  /**
   * Written at once, because the handler may block for ever or fill its memory before the tick is over.
   * Throws a `RangeError` if the message, or what waits to be taken by the host, is too large.
   */
  send(text: string): void {
    const frame = encodeText(text, GUEST_FRAME_LIMIT_BYTES);
    if (this.#unsentBytes + this.#socket.writableLength + frame.length > UNSENT_LIMIT_BYTES) {
      throw new RangeError(`too much unsent output: the limit is ${UNSENT_LIMIT_BYTES} bytes`);
    }
    if (this.#unsent.length > 0 || this.#writtenAtOnce >= WRITTEN_AT_ONCE) return this.#add(frame);
    if (this.#writtenAtOnce++ === 0) queueMicrotask(() => (this.#writtenAtOnce = 0));
    this.#socket.write(frame);
  }

  /** Ends of runs are few and short: they have room also when nothing else has. */
  finish(text: string): void {
    this.#add(encodeText(text, GUEST_FRAME_LIMIT_BYTES));
  }

  #add(frame: Buffer): void {
    if (this.#unsent.length === 0) queueMicrotask(() => this.#flush());
    this.#unsent.push(frame);
    this.#unsentBytes += frame.length;
  }

  /** One write for everything that was gathered. */
  #flush(): void {
    this.#socket.write(Buffer.concat(this.#unsent, this.#unsentBytes));
    this.#unsent = [];
    this.#unsentBytes = 0;
  }
}
