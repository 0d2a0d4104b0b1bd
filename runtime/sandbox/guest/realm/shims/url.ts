import { URLSearchParams } from "./url-search-params.ts";

interface Parts {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** `URL`. `resolve` is the host's parser: text in, the parts as JSON out, `""` if it is no URL. */
export function createUrl(resolve: (text: string) => string) {
  const partsOf = (...request: readonly (string | undefined)[]): Parts | undefined => {
    const json = resolve(JSON.stringify(request));
    return json === "" ? undefined : JSON.parse(json);
  };

  class URL {
    #parts: Parts;
    readonly #searchParams: URLSearchParams;

    constructor(input: string | URL, base?: string | URL) {
      const parts = partsOf(String(input), base === undefined ? undefined : String(base));
      if (!parts) throw Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: String(input) });
      this.#parts = parts;
      this.#searchParams = URLSearchParams.of(parts.search, (search) => this.#set("search", search));
    }

    static canParse(input: string | URL, base?: string | URL): boolean {
      return URL.parse(input, base) !== null;
    }

    static parse(input: string | URL, base?: string | URL): URL | null {
      try {
        return new URL(input, base);
      } catch {
        return null;
      }
    }

    get href(): string {
      return this.#parts.href;
    }

    set href(value: string) {
      this.#parts = new URL(value).#parts;
      URLSearchParams.reset(this.#searchParams, this.#parts.search);
    }

    get origin(): string {
      return this.#parts.origin;
    }

    get searchParams(): URLSearchParams {
      return this.#searchParams;
    }

    toString(): string {
      return this.#parts.href;
    }

    toJSON(): string {
      return this.#parts.href;
    }

    get protocol(): string {
      return this.#parts.protocol;
    }

    set protocol(value: string) {
      this.#set("protocol", value);
    }

    get username(): string {
      return this.#parts.username;
    }

    set username(value: string) {
      this.#set("username", value);
    }

    get password(): string {
      return this.#parts.password;
    }

    set password(value: string) {
      this.#set("password", value);
    }

    get host(): string {
      return this.#parts.host;
    }

    set host(value: string) {
      this.#set("host", value);
    }

    get hostname(): string {
      return this.#parts.hostname;
    }

    set hostname(value: string) {
      this.#set("hostname", value);
    }

    get port(): string {
      return this.#parts.port;
    }

    set port(value: string) {
      this.#set("port", value);
    }

    get pathname(): string {
      return this.#parts.pathname;
    }

    set pathname(value: string) {
      this.#set("pathname", value);
    }

    get hash(): string {
      return this.#parts.hash;
    }

    set hash(value: string) {
      this.#set("hash", value);
    }

    get search(): string {
      return this.#parts.search;
    }

    set search(value: string) {
      this.#set("search", value);
      URLSearchParams.reset(this.#searchParams, this.#parts.search);
    }

    #set(part: keyof Parts, value: string): void {
      this.#parts = partsOf(this.#parts.href, part, value) ?? this.#parts;
    }
  }
  return URL;
}
