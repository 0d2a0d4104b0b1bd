/** What is said of an exchange that failed: a fact in words, and what to do, for the codes that are known. */
import { FetchError, RefusedAddressError } from "./fetch-errors.ts";

const UNKNOWN_AUTHORITY =
  "its certificate is of an authority that informd does not know. Name the authority's file in NODE_EXTRA_CA_CERTS";
const TOO_SLOW = "there was no connection in time. Look whether a firewall or a NetworkPolicy is in the way";
const NO_WAY = "there is no way to its address. Look whether a firewall or a NetworkPolicy is in the way";
const CLOSED = "the connection was closed before its answer was complete";
const NO_TLS = "it does not speak TLS as it should. Check scheme and port of the URL";

const FACTS: ReadonlyMap<string, string> = new Map([
  ["ENOTFOUND", "its name has no address. Check its spelling, and the DNS of where informd runs"],
  ["EAI_AGAIN", "its name could not be resolved now. Check the DNS of where informd runs"],
  ["ECONNREFUSED", "nobody takes connections there. Check host and port"],
  ["ECONNRESET", CLOSED],
  ["EPIPE", CLOSED],
  ["UND_ERR_SOCKET", CLOSED],
  ["UND_ERR_PRX_CONN", CLOSED],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", CLOSED],
  ["ETIMEDOUT", TOO_SLOW],
  ["UND_ERR_CONNECT_TIMEOUT", TOO_SLOW],
  ["EHOSTUNREACH", NO_WAY],
  ["ENETUNREACH", NO_WAY],
  ["UND_ERR_HEADERS_TIMEOUT", "its answer did not begin in time"],
  ["UND_ERR_BODY_TIMEOUT", "its answer stood still for too long"],
  ["UND_ERR_HEADERS_OVERFLOW", "the headers of its answer are too large"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNKNOWN_AUTHORITY],
  ["UNABLE_TO_GET_ISSUER_CERT", UNKNOWN_AUTHORITY],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNKNOWN_AUTHORITY],
  ["SELF_SIGNED_CERT_IN_CHAIN", UNKNOWN_AUTHORITY],
  [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "its certificate is signed by itself. Name the certificate's file in NODE_EXTRA_CA_CERTS",
  ],
  ["CERT_HAS_EXPIRED", "its certificate has expired. Have it renewed"],
  ["CERT_NOT_YET_VALID", "its certificate is not valid yet. Check the clock of where informd runs"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is for other names. Fetch it by a name that the certificate has"],
  ["EPROTO", NO_TLS],
  ["ERR_SSL_WRONG_VERSION_NUMBER", NO_TLS],
]);

const FAMILIES: readonly (readonly [prefix: string, fact: string])[] = [
  ["HPE_HEADER_OVERFLOW", "the headers of its answer are too large"],
  ["HPE_", "its answer is no HTTP. Check scheme and port of the URL"],
  ["Z_", "its body is not what its content-encoding says"],
  ["ERR_BROTLI", "its body is not what its content-encoding says"],
  ["ERR__ERROR_", "its body is not what its content-encoding says"],
  ["ERR_SSL_", NO_TLS],
  ["ERR_TLS_", NO_TLS],
];

/** Of a tunnel that the proxy did not make; undici says it in the message alone. */
const REFUSED_TUNNEL = /^Proxy response \((?<status>\d+)\)/;

export interface FetchTarget {
  readonly url: URL;
  /** The URL of the proxy through which it may go; `""` for none. */
  readonly proxy: string;
}

/** A refusal may lie behind the error of the connection that it ended. */
export function fetchFailure(error: unknown, { url, proxy }: FetchTarget): FetchError | RefusedAddressError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RefusedAddressError) return cause;
  }
  const message = error instanceof Error ? error.message : "";
  const code = codeOf(error);
  const refusedTunnel = REFUSED_TUNNEL.exec(message)?.groups?.["status"];
  const proxyUrl = URL.parse(proxy);
  if (refusedTunnel !== undefined) {
    const what = refusedTunnel === "407" ? "it wants other credentials" : `it answered ${refusedTunnel}`;
    const fact = `the proxy ${proxyUrl?.host ?? ""} makes no connection to it: ${what}. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY`;
    return new FetchError(url.host, { code: "PROXY_REFUSED", fact });
  }
  const fact = factOf(code, message);
  if (proxyUrl === null || !isOfProxy(error, proxyUrl, url)) return new FetchError(url.host, { code, fact });
  return new FetchError(url.host, {
    code,
    fact: `of its proxy ${proxyUrl.host}: ${fact}, or HTTPS_PROXY, HTTP_PROXY and NO_PROXY`,
  });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "FETCH_FAILED";
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string") return code;
  // Of llhttp's codes undici keeps some only.
  return error.name === "HTTPParserError" ? "HPE_INVALID" : "FETCH_FAILED";
}

function factOf(code: string, message: string): string {
  const [, ofFamily] = FAMILIES.find(([prefix]) => code.startsWith(prefix)) ?? [];
  return FACTS.get(code) ?? ofFamily ?? (message === "" ? `there is no answer (${code})` : message);
}

/** As far as it can be told: errors of connections name what was connected to. */
function isOfProxy(error: unknown, proxy: URL, url: URL): boolean {
  if (!(error instanceof Error)) return false;
  const part = (name: string): unknown => Reflect.get(error, name);
  if (String(part("code")).startsWith("UND_ERR_PRX_")) return true;
  const isItsPort = portOf(proxy) !== portOf(url) && String(part("port")) === portOf(proxy);
  return part("hostname") === proxy.hostname || isItsPort;
}

function portOf({ port, protocol }: URL): string {
  return port === "" ? (protocol === "https:" ? "443" : "80") : port;
}
