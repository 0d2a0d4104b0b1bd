/** `node:string_decoder`: text out of chunks that may split a character. */
class StringDecoder {
  readonly encoding: string;
  readonly #decoder: TextDecoder;

  constructor(encoding = "utf8") {
    this.encoding = encoding;
    this.#decoder = new TextDecoder(encoding === "utf8" ? "utf-8" : encoding);
  }

  write(chunk: Uint8Array): string {
    return this.#decoder.decode(chunk, { stream: true });
  }

  end(chunk?: Uint8Array): string {
    return this.#decoder.decode(chunk);
  }
}

export const builtIn = { StringDecoder };
