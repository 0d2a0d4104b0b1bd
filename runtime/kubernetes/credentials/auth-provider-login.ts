import { KubeConfig } from "@kubernetes/client-node";
import type { Clock } from "#kernel/clock.ts";
import { isRecord, numberOf, parseJson, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { CredentialsError, type Login } from "./credential.ts";

const EXPIRY_LEEWAY_MS = 10_000;

/**
 * Kubeconfig's `auth-provider`, of which `oidc` is still in use. client-node knows the providers and refreshes their tokens;
 * when it must do so is decided here, by the `exp` of the token itself, because client-node keeps a relative time as if it
 * were absolute and then refreshes for every request.
 */
export function authProviderLogin(
  user: string,
  provider: { readonly name: string; readonly config: JsonRecord },
  clock: Clock,
): Login {
  // client-node writes refreshed tokens into it.
  const config: Record<string, unknown> = { ...provider.config };
  let token = textOf(config, "id-token") ?? "";
  let run: Promise<string> | undefined;
  const fail = (fact: string): never => {
    throw new CredentialsError(
      `Cannot get credentials of user "${user}" from auth provider "${provider.name}": ${fact}`,
    );
  };
  const ask = async (): Promise<string> => {
    const headers = await authorize({ name: user, authProvider: { name: provider.name, config } }).catch(
      (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
    );
    const authorization = textOf(headers, "Authorization") ?? fail("it gave no token. Log in again");
    token = authorization.replace(/^Bearer /, "");
    return token;
  };
  return {
    async prove() {
      if (expiresAt(token) - EXPIRY_LEEWAY_MS > clock.now()) return { authorization: `Bearer ${token}` };
      run ??= ask().finally(() => (run = undefined));
      return { authorization: `Bearer ${await run}` };
    },
    forget: () => (token = ""),
    close: () => {},
  };
}

/** A new KubeConfig each time: it would remember the wrong expiry. The cluster is never contacted. */
async function authorize(user: object): Promise<unknown> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: "any", server: "https://localhost", skipTLSVerify: false }],
    users: [user],
    contexts: [{ name: "any", cluster: "any", user: textOf(user, "name") }],
    currentContext: "any",
  });
  const options: { headers?: unknown } = { headers: {} };
  await kubeConfig.applyToHTTPSOptions(options);
  return options.headers;
}

/** Milliseconds since the epoch; 0 for what is no JSON Web Token. */
function expiresAt(token: string): number {
  const [, payload = ""] = token.split(".");
  const claims = parseJson(Buffer.from(payload, "base64url").toString());
  return isRecord(claims) ? (numberOf(claims, "exp") ?? 0) * 1000 : 0;
}
