import { asSentence } from "#kernel/as-sentence.ts";
import type { Unreachable } from "./http/http-transport.ts";
import type { RequestFailure } from "./request-failure.ts";
import type { StatusFailure } from "./http/status-failure.ts";

export interface FailedRequest {
  /** The API server's URL. */
  readonly server: string;
  /** What was tried, as it stands behind "Cannot": `list pods`, `watch deployments.apps in web`. */
  readonly action: string;
}

/** A sentence for people: what could not be done, the fact, and the next step where there is one. */
export function describeFailure(failure: RequestFailure, { server, action }: FailedRequest): string {
  return asSentence(`Cannot ${action}: ${factOf(failure, server)}`);
}

function factOf(failure: RequestFailure, server: string): string {
  if (failure.type === "status") return statusFact(failure, server);
  if (failure.type === "unreachable") return unreachableFact(failure, server);
  if (failure.type === "credentials") return failure.message;
  return `${server} does not answer like an API server: ${failure.message}. Is there a proxy in between?`;
}

function statusFact({ code, reason, message }: StatusFailure, server: string): string {
  const said = message === "" ? reason : message;
  switch (code) {
    case 401:
      return `${server} does not accept the credentials (401). Check the user of the kubeconfig's context, or log in again`;
    case 403:
      return `${said || "forbidden"} (403). Bind a role to this user that allows it`;
    case 404:
      return `${said || "not found"} (404)`;
    case 410:
      return `the resource version is too old: the server's history does not reach back to it (410)`;
    case 429:
      return `${server} is too busy (429)${said === "" ? "" : `: ${said}`}. It is asked again later`;
    default:
      return `${server} answered ${code}${said === "" ? "" : `: ${said}`}`;
  }
}

const CA_STEP = "Check the certificate-authority of the kubeconfig's cluster";

/** Node's and undici's codes. */
const UNREACHABLE_FACTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (ECONNREFUSED). Is the API server running?",
  ENOTFOUND: "its host name is unknown (ENOTFOUND). Check the server of the kubeconfig's cluster",
  EAI_AGAIN: "its host name cannot be looked up now (EAI_AGAIN). Check the network",
  EHOSTUNREACH: "there is no route to it (EHOSTUNREACH). Check the network",
  ENETUNREACH: "there is no route to it (ENETUNREACH). Check the network",
  ETIMEDOUT: "it does not answer (ETIMEDOUT). Check the network",
  UND_ERR_CONNECT_TIMEOUT: "it does not answer in time (UND_ERR_CONNECT_TIMEOUT). Check the network",
  UND_ERR_HEADERS_TIMEOUT: "it accepts the request and does not answer it (UND_ERR_HEADERS_TIMEOUT)",
  UND_ERR_BODY_TIMEOUT: "it stopped in the middle of its answer (UND_ERR_BODY_TIMEOUT)",
  ECONNRESET: "the connection was reset (ECONNRESET)",
  UND_ERR_SOCKET: "the connection was closed before the answer was complete (UND_ERR_SOCKET)",
  CERT_HAS_EXPIRED: "its certificate has expired (CERT_HAS_EXPIRED)",
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is not signed by the expected CA. ${CA_STEP}`,
  SELF_SIGNED_CERT_IN_CHAIN: `its certificate is not signed by the expected CA. ${CA_STEP}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `its certificate is not signed by the expected CA. ${CA_STEP}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `its certificate is not signed by the expected CA. ${CA_STEP}`,
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name. Set tls-server-name in the kubeconfig's cluster",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS. Is the server of the kubeconfig's cluster an http:// URL?",
};

function unreachableFact({ code, message }: Unreachable, server: string): string {
  return `${server} is unreachable: ${UNREACHABLE_FACTS[code] ?? `${message} (${code})`}`;
}
