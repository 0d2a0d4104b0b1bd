import type { Clock } from "#kernel/clock.ts";
import { numberOf, parseJson, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { CredentialsError, type Login, type Proof } from "./credential.ts";
import { refreshIdToken } from "./oidc-refresh.ts";

/** A token that is about to expire is not sent any more (client-go: `plugin/pkg/client/auth/oidc`, `expiryDelta`). */
const EXPIRY_LEEWAY_MS = 10_000;

/**
 * Kubeconfig's `auth-provider` with the name `oidc`. The token is used until it expires by its own word, then refreshed,
 * once for all who ask meanwhile. Refreshed tokens live as long as this process: the kubeconfig is never written.
 */
export class OidcLogin implements Login {
  readonly #user: string;
  readonly #config: JsonRecord;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  #idToken: string;
  #refreshToken: string;
  #refresh: Promise<void> | undefined;

  constructor(user: string, config: JsonRecord, clock: Clock) {
    this.#user = user;
    this.#config = config;
    this.#clock = clock;
    this.#idToken = textOf(config, "id-token") ?? "";
    this.#refreshToken = textOf(config, "refresh-token") ?? "";
  }

  async prove(): Promise<Proof> {
    if (expiresAt(this.#idToken) - EXPIRY_LEEWAY_MS <= this.#clock.now()) {
      this.#refresh ??= this.#renew().finally(() => (this.#refresh = undefined));
      await this.#refresh;
    }
    return { authorization: `Bearer ${this.#idToken}` };
  }

  forget(): void {
    // Without a refresh token the refused one is all there is.
    if (this.#refreshToken !== "") this.#idToken = "";
  }

  close(): void {
    this.#closed.abort();
  }

  async #renew(): Promise<void> {
    if (this.#refreshToken === "") this.#fail("its token has expired and there is no refresh-token. Log in again");
    const result = await refreshIdToken(this.#config, this.#refreshToken, this.#closed.signal);
    if (result.type === "failed") this.#fail(result.message);
    this.#idToken = result.idToken;
    this.#refreshToken = result.refreshToken;
  }

  #fail(fact: string): never {
    throw new CredentialsError(`Cannot get a token of user "${this.#user}" by OpenID Connect: ${fact}`);
  }
}

/** Milliseconds since the epoch; 0 for what is no JSON Web Token. */
function expiresAt(token: string): number {
  const [, payload = ""] = token.split(".");
  return (numberOf(parseJson(Buffer.from(payload, "base64url").toString()), "exp") ?? 0) * 1000;
}
