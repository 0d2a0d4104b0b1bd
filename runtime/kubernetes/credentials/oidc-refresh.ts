import { readFileSync } from "node:fs";
import { Agent, request, type Dispatcher } from "undici";
import { parseJson, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";

export type RefreshResult =
  | { readonly type: "refreshed"; readonly idToken: string; readonly refreshToken: string }
  | { readonly type: "failed"; readonly message: string };

const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Asks the identity provider for a new token (OpenID Connect Core 1.0, section 12). client-node's own refresh cannot be used:
 * it passes its library a string where that wants a URL, and takes the time that a token lasts for the time when it ends.
 * @param config what the kubeconfig says under `auth-provider.config`
 */
export async function refreshIdToken(
  config: JsonRecord,
  refreshToken: string,
  signal: AbortSignal,
): Promise<RefreshResult> {
  const issuer = (textOf(config, "idp-issuer-url") ?? "").replace(/\/$/, "");
  if (!URL.canParse(issuer)) return failed(`"idp-issuer-url" is no URL`);
  let agent: Agent | undefined;
  try {
    agent = createAgent(config);
    const ask = { dispatcher: agent, signal };
    const document = await askForJson(`${issuer}/.well-known/openid-configuration`, ask);
    const endpoint = textOf(document, "token_endpoint");
    if (endpoint === undefined) return failed(`${issuer} names no token_endpoint`);
    const answer = await askForJson(endpoint, { ...ask, ...refreshRequest(config, refreshToken, document) });
    const idToken = textOf(answer, "id_token");
    if (idToken === undefined) return failed(refusalOf(answer, endpoint));
    return { type: "refreshed", idToken, refreshToken: textOf(answer, "refresh_token") ?? refreshToken };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  } finally {
    await agent?.close();
  }
}

function createAgent(config: JsonRecord): Agent {
  const file = textOf(config, "idp-certificate-authority") ?? "";
  const data = textOf(config, "idp-certificate-authority-data") ?? "";
  const ca = data === "" ? (file === "" ? undefined : readFileSync(file)) : Buffer.from(data, "base64");
  const timeouts = { headersTimeout: ANSWER_TIMEOUT_MS, bodyTimeout: ANSWER_TIMEOUT_MS };
  return new Agent(ca === undefined ? timeouts : { ...timeouts, connect: { ca } });
}

type Request = Pick<Dispatcher.RequestOptions, "method" | "headers" | "body">;

/** A client with a secret proves itself in the header, unless the provider only takes it in the body. */
function refreshRequest(config: JsonRecord, refreshToken: string, document: unknown): Request {
  const [id, secret] = [textOf(config, "client-id") ?? "", textOf(config, "client-secret") ?? ""];
  const form = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: id });
  const headers: Record<string, string> = { "content-type": "application/x-www-form-urlencoded" };
  const methods = textsOf(document, "token_endpoint_auth_methods_supported");
  if (secret !== "" && (methods.length === 0 || methods.includes("client_secret_basic"))) {
    const encoded = [id, secret].map(encodeURIComponent).join(":");
    headers["authorization"] = `Basic ${Buffer.from(encoded).toString("base64")}`;
  } else if (secret !== "") {
    form.set("client_secret", secret);
  }
  return { method: "POST", headers, body: form.toString() };
}

async function askForJson(url: string, options: Partial<Dispatcher.RequestOptions>): Promise<unknown> {
  const { body } = await request(url, options);
  return parseJson(await body.text());
}

/** RFC 6749, section 5.2. */
function refusalOf(answer: unknown, endpoint: string): string {
  const reason = [textOf(answer, "error"), textOf(answer, "error_description")].filter((one) => one !== undefined);
  return `${endpoint} gave no id_token${reason.length > 0 ? ` (${reason.join(": ")})` : ""}. Log in again`;
}

function failed(message: string): RefreshResult {
  return { type: "failed", message };
}
