/** Thrown when there is no answer, as WHATWG's fetch throws a `TypeError`; the event is tried again. `code` is Node's, or says which limit it was. */
export class FetchError extends Error {
  override readonly name = "TypeError";
  readonly code: string;

  /** @param fact what is so now, then the next step */
  constructor(host: string, { code, fact }: { readonly code: string; readonly fact: string }) {
    super(`Cannot fetch ${host}: ${fact}`);
    this.code = code;
  }
}

/** Thrown while a connection is made: the host's name leads to where no handler may go. */
export class RefusedAddressError extends Error {
  override readonly name = "RefusedAddressError";
  readonly address: string;
  readonly reach: "private" | "forbidden" | "apiServer";

  constructor(address: string, reach: RefusedAddressError["reach"]) {
    super(`its address is ${address}`);
    this.address = address;
    this.reach = reach;
  }
}

/** Thrown while no address of the API server's name is known: an address that is asked for may be one of them. */
export class UnknownApiServerError extends Error {
  override readonly name = "UnknownApiServerError";
  readonly code = "API_SERVER_UNKNOWN";

  constructor(host: string, options: ErrorOptions) {
    const fact = `the API server's name "${host}" could not be resolved, and no handler may reach its addresses`;
    super(`${fact}. Check the DNS of where informd runs`, options);
  }
}
