/** Where the variables that `allow.env` names come from. They become the runtime's own, as its process is the one that is started with them. */
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { Identity } from "./identity.ts";

/** Each sorted, without repeats. */
export interface HandlerVariables {
  readonly fromSecret: readonly string[];
  /** They would change what the runtime does: whoever operates it sets them. */
  readonly leftOut: readonly string[];
}

export function handlerVariablesOf(handlers: readonly Pick<ResolvedOptions, "allow">[]): HandlerVariables {
  const named = new Set(handlers.flatMap(({ allow }) => allow.env));
  const names = [...named].filter((name) => !GIVEN.has(name)).toSorted();
  return {
    fromSecret: names.filter((name) => !steersRuntime(name)),
    leftOut: names.filter(steersRuntime),
  };
}

export function variablesSecretName({ name }: Pick<Identity, "name">): string {
  return `${name}-env`;
}

/** The Deployment has them. */
const GIVEN = new Set(["POD_NAME", "POD_NAMESPACE", "POD_UID"]);

/** Read by informd, Node, its libraries, the loader of programs, and Kubernetes' clients. */
const STEERING_PREFIXES = ["INFORMD_", "NODE_", "UV_", "OPENSSL_", "SSL_CERT_", "LD_", "KUBERNETES_"];
const STEERING = new Set(["PATH", "HOME", "HOSTNAME", "TMPDIR", "KUBECONFIG", "SSLKEYLOGFILE"]);
/** In lower case as well. */
const PROXIES = new Set(["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "ALL_PROXY"]);

function steersRuntime(name: string): boolean {
  return (
    STEERING.has(name) || PROXIES.has(name.toUpperCase()) || STEERING_PREFIXES.some((prefix) => name.startsWith(prefix))
  );
}
