import type { ResponseStream } from "../http/interceptor.ts";

/** The watches that run, so that they can be ended from outside. */
export class OpenWatches {
  readonly #streams = new Set<ResponseStream>();

  follow(stream: ResponseStream): ResponseStream {
    this.#streams.add(stream);
    return {
      write: (bytes, event) => stream.write(bytes, event),
      end: () => {
        this.#streams.delete(stream);
        stream.end();
      },
      hangUp: (reset) => {
        this.#streams.delete(stream);
        stream.hangUp(reset);
      },
    };
  }

  drop(reset: boolean): void {
    for (const stream of this.#streams) {
      if (reset) stream.hangUp(true);
      else stream.end();
    }
    this.#streams.clear();
  }
}
