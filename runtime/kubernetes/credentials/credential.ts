import type { RequestFailure } from "../request-failure.ts";

/** What a request carries so that the server knows who asks. */
export interface Credential {
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** For TLS, PEM. */
  readonly certificate?: ClientCertificate | undefined;
}

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

export type CredentialsFailure = Extract<RequestFailure, { type: "credentials" }>;

/** The proof of identity that one method of login gives at the moment. */
export interface Proof {
  readonly authorization?: string | undefined;
  readonly certificate?: ClientCertificate | undefined;
}

/** One method of login: a token file, an exec plugin, … It keeps its proof for as long as that is good. */
export interface Login {
  /** Throws `CredentialsError`. */
  prove(): Promise<Proof>;
  /** The server refused the proof: the next `prove` must not give it from memory. */
  forget(): void;
  /** Ends what is still running. */
  close(): void;
}

/** Thrown when a login has no proof to give. The message names the file or the plugin, and what it said. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
  readonly code = "NO_CREDENTIALS";
}
