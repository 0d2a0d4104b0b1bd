import type { Clock } from "#kernel/clock.ts";
import type { ResponseStream } from "../http/interceptor.ts";
import { finish } from "./finish.ts";
import type { BodyFault } from "./fault.ts";

/** The stream with a fault that does not care what is sent. */
export function bodyFaultStream(fault: BodyFault, stream: ResponseStream, clock: Clock): ResponseStream {
  switch (fault.type) {
    case "cut":
      return cutAfter(fault.bytes, stream, () => finish(stream, fault.how));
    case "drip":
      return new DrippingStream(stream, clock, fault.bytesPerSecond);
    case "split":
      return splitInto(fault.bytes, stream);
  }
}

function cutAfter(limit: number, stream: ResponseStream, finishStream: () => void): ResponseStream {
  let left = limit;
  return {
    write(bytes, event) {
      if (left <= 0) return;
      stream.write(bytes.subarray(0, left), event);
      left -= bytes.length;
      if (left <= 0) finishStream();
    },
    end() {
      if (left > 0) stream.end();
    },
    hangUp: (reset) => stream.hangUp(reset),
  };
}

function splitInto(size: number, stream: ResponseStream): ResponseStream {
  return {
    write(bytes, event) {
      for (let start = 0; start < bytes.length; start += size) stream.write(bytes.subarray(start, start + size), event);
    },
    end: () => stream.end(),
    hangUp: (reset) => stream.hangUp(reset),
  };
}

const TICK_MS = 100;

/** Sends what it is given little by little. */
class DrippingStream implements ResponseStream {
  readonly #stream: ResponseStream;
  readonly #clock: Clock;
  readonly #bytesPerTick: number;
  #waiting = Buffer.alloc(0);
  #isOver = false;
  #isDripping = false;

  constructor(stream: ResponseStream, clock: Clock, bytesPerSecond: number) {
    this.#stream = stream;
    this.#clock = clock;
    this.#bytesPerTick = Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1000));
  }

  write(bytes: Uint8Array): void {
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    this.#drip();
  }

  end(): void {
    this.#isOver = true;
    this.#drip();
  }

  hangUp(reset: boolean): void {
    this.#waiting = Buffer.alloc(0);
    this.#stream.hangUp(reset);
  }

  #drip(): void {
    if (this.#isDripping) return;
    if (this.#waiting.length === 0) {
      if (this.#isOver) this.#stream.end();
      return;
    }
    this.#isDripping = true;
    this.#stream.write(this.#waiting.subarray(0, this.#bytesPerTick));
    this.#waiting = this.#waiting.subarray(this.#bytesPerTick);
    this.#clock.setTimer(TICK_MS, () => {
      this.#isDripping = false;
      this.#drip();
    });
  }
}
