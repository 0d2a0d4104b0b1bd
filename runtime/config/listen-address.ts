import { type Invalid, invalid } from "./config-result.ts";
import { isInCluster } from "./in-cluster.ts";

/** Where health and metrics are served. */
export interface ListenAddress {
  /** `undefined`: every address of the machine. */
  readonly host: string | undefined;
  /** 0: a free one. */
  readonly port: number;
}

/** What `--listen` says. */
export type ListenChoice =
  /** `undefined`: nothing is served. */
  { readonly type: "ok"; readonly address: ListenAddress | undefined } | Invalid;

const NONE = "none";
/** Kubelet and Prometheus come from outside of the pod. */
const IN_CLUSTER = ":8080";
const ON_A_DESK = "127.0.0.1:0";

const MAX_PORT = 65_535;

/** `HOST:PORT`, `[IPv6]:PORT`, or only `:PORT`. */
const ADDRESS = /^(?:\[(?<ipv6>[0-9a-fA-F:.]+(?:%[\w.-]+)?)\]|(?<host>[\w.-]+))?:(?<port>\d{1,5})$/;

/** @param text `undefined`: nobody has said anything */
export function listenChoice(
  text: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): ListenChoice {
  const said = text ?? (isInCluster(environment) ? IN_CLUSTER : ON_A_DESK);
  if (said === NONE) return { type: "ok", address: undefined };
  const { ipv6, host, port = "" } = ADDRESS.exec(said)?.groups ?? {};
  if (port === "" || Number(port) > MAX_PORT) return invalid(refusal(said));
  return { type: "ok", address: { host: ipv6 ?? host, port: Number(port) } };
}

function refusal(text: string): string {
  const fact = text === "" ? "it is empty" : "it is no HOST:PORT";
  return `Cannot use --listen "${text}": ${fact}. Write 127.0.0.1:9090, :9090 for every address of the machine, port 0 for a free one, or ${NONE}.`;
}
