import type { Clock } from "#kernel/clock.ts";
import type { ClusterConfig, Environment, Impersonation } from "../cluster-config.ts";
import { CredentialsError, type Credential, type CredentialsFailure, type Login } from "./credential.ts";
import { ExecPluginLogin } from "./exec-plugin-login.ts";
import { certificateLogin, fixedLogin, tokenFileLogin } from "./file-login.ts";
import { OidcLogin } from "./oidc-login.ts";

/** However often a server says 401, plugins and identity providers are not asked more often. */
const RENEWAL_INTERVAL_MS = 5_000;

/** The credentials of a kubeconfig's user: current for every request, and renewed once the server refuses them. */
export class UserCredentials {
  readonly #logins: readonly Login[];
  readonly #impersonation: Readonly<Record<string, string | string[]>>;
  readonly #clock: Clock;
  #renewal: Promise<Credential | CredentialsFailure | undefined> | undefined;
  #renewedAt = -Infinity;

  constructor(config: ClusterConfig, clock: Clock, environment: Environment) {
    this.#logins = loginsOf(config, clock, environment);
    this.#impersonation = config.user.impersonate ? impersonationHeaders(config.user.impersonate) : {};
    this.#clock = clock;
  }

  async current(): Promise<Credential | CredentialsFailure> {
    try {
      const proofs = await Promise.all(this.#logins.map((login) => login.prove()));
      const authorization = proofs.find((proof) => proof.authorization !== undefined)?.authorization;
      return {
        headers: { ...(authorization === undefined ? {} : { authorization }), ...this.#impersonation },
        certificate: proofs.find((proof) => proof.certificate !== undefined)?.certificate,
      };
    } catch (error) {
      if (error instanceof CredentialsError) return { type: "credentials", message: error.message };
      throw error;
    }
  }

  /** Other credentials than the `refused` ones; `undefined` if there are none. Requests refused together share one renewal. */
  async renewed(refused: Credential): Promise<Credential | CredentialsFailure | undefined> {
    const now = await this.current();
    if ("type" in now || !isSame(now, refused)) return now;
    this.#renewal ??= this.#renew(refused).finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  close(): void {
    for (const login of this.#logins) login.close();
  }

  async #renew(refused: Credential): Promise<Credential | CredentialsFailure | undefined> {
    if (this.#clock.monotonic() - this.#renewedAt < RENEWAL_INTERVAL_MS) return undefined;
    this.#renewedAt = this.#clock.monotonic();
    for (const login of this.#logins) login.forget();
    const fresh = await this.current();
    return !("type" in fresh) && isSame(fresh, refused) ? undefined : fresh;
  }
}

/** In client-go's order of precedence: the first that gives an `Authorization` or a certificate decides. */
function loginsOf(config: ClusterConfig, clock: Clock, environment: Environment): Login[] {
  const { certificate, tokenFile, token, basic, exec, authProvider } = config.user;
  const logins: Login[] = [];
  if (certificate) logins.push(certificateLogin(certificate, clock));
  if (tokenFile !== undefined) logins.push(tokenFileLogin(tokenFile, clock));
  else if (token !== undefined && token !== "") logins.push(fixedLogin({ authorization: `Bearer ${token}` }));
  else if (basic) logins.push(fixedLogin({ authorization: `Basic ${base64(`${basic.username}:${basic.password}`)}` }));
  else if (exec) logins.push(new ExecPluginLogin(exec, config.cluster, { clock, environment }));
  else if (authProvider?.name === "oidc") logins.push(new OidcLogin(config.user.name, authProvider.config, clock));
  else if (authProvider) logins.push(removedProvider(authProvider.name));
  return logins;
}

/** `gcp`, `azure` and the like. */
function removedProvider(name: string): Login {
  const message = `Cannot use auth-provider "${name}": kubectl 1.26 has removed it. Use its exec plugin instead`;
  return { prove: () => Promise.reject(new CredentialsError(message)), forget: () => {}, close: () => {} };
}

/** client-go: `transport/round_trippers.go`, `impersonatingRoundTripper`. */
function impersonationHeaders({ user, uid, groups, extra }: Impersonation): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { "impersonate-user": user };
  if (uid !== undefined) headers["impersonate-uid"] = uid;
  if (groups.length > 0) headers["impersonate-group"] = [...groups];
  for (const [key, values] of Object.entries(extra)) {
    headers[`impersonate-extra-${encodeHeaderKey(key)}`] = [...values];
  }
  return headers;
}

/** Whatever may not stand in a header's name is percent-encoded; the server lower-cases the name. */
function encodeHeaderKey(key: string): string {
  const encode = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return Array.from(Buffer.from(key), (byte) =>
    /[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : encode(byte),
  ).join("");
}

function isSame(one: Credential, other: Credential): boolean {
  return (
    one.headers["authorization"] === other.headers["authorization"] &&
    one.certificate?.cert === other.certificate?.cert &&
    one.certificate?.key === other.certificate?.key
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
