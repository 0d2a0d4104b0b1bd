import type { FetchRule } from "../resolved-options.ts";

const DEFAULT_PORTS = { https: 443, http: 80 } as const;
const RULE =
  /^(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/)?(?<wildcard>\*\.)?(?<host>\[[0-9a-f:.]+\]|[^\s/?#@:*[\]]+)(?::(?<port>\d+))?$/i;
const LARGEST_PORT = 65_535;
/** As URLs write them: 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, ::, ::1, fe80::/10, and the former inside of IPv6. */
const OF_HOST_OR_LINK =
  /^(?:0|127|169\.254)\.|^\[(?:::1?|fe[89ab][0-9a-f]:.*|::ffff:(?:7f[0-9a-f]{2}|a9fe|[0-9a-f]{1,2}|0):.*)\]$/;

export const FETCH_RULE = `a host such as "hooks.slack.com", "*.example.com" or "example.com:8443", with "http://" or "https://" before it where it needs one`;

/** Reads one entry of `allow.fetch`. `fact` says what is wrong with it. */
export function parseFetchRule(
  text: string,
): { readonly type: "rule"; readonly rule: FetchRule } | { readonly type: "wrong"; readonly fact: string } {
  const { scheme: written, wildcard, host: name = "", port: digits } = RULE.exec(text.trim())?.groups ?? {};
  if (name === "" || name.includes("\\")) return wrong(`allowed is ${FETCH_RULE}`);
  const scheme = written?.toLowerCase() ?? "https";
  if (scheme !== "https" && scheme !== "http")
    return wrong(`"${scheme}" is no scheme for fetch; allowed is https or http`);
  const host = name.includes("%") ? undefined : hostOf(name);
  if (host === undefined) return wrong(`"${name}" is no host; allowed is ${FETCH_RULE}`);
  const port = digits === undefined ? DEFAULT_PORTS[scheme] : Number(digits);
  if (port < 1 || port > LARGEST_PORT) return wrong(`${port} is no port; allowed is 1 to ${LARGEST_PORT}`);
  const isWildcard = wildcard !== undefined;
  const useless = hostFault(host) ?? (isWildcard ? wildcardFault(host) : undefined);
  if (useless !== undefined) return wrong(useless);
  const opensPrivate = written !== undefined && digits !== undefined && !isWildcard;
  return { type: "rule", rule: { text: text.trim(), scheme, host, isWildcard, port, opensPrivate } };
}

/** As URLs write it, so that both can be compared: lower case, ASCII, an address in its only form. */
function hostOf(name: string): string | undefined {
  const url = URL.parse(`https://${name}/`);
  return url && url.hostname !== "" ? url.hostname.replace(/\.$/, "") : undefined;
}

function wildcardFault(host: string): string | undefined {
  if (isAddress(host)) return `"${host}" is an address, and nothing is below it; name each address`;
  if (host.includes(".")) return undefined;
  return `"*.${host}" would be everybody's; name more of it, such as "*.example.${host}"`;
}

/** What no handler reaches, whatever it is allowed. Further addresses are refused when they are asked for. */
function hostFault(host: string): string | undefined {
  const isOwn = host === "localhost" || host.endsWith(".localhost") || (isAddress(host) && OF_HOST_OR_LINK.test(host));
  return isOwn ? `"${host}" is the host's own or of its link, which no handler reaches; name another host` : undefined;
}

function isAddress(host: string): boolean {
  return host.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(host);
}

function wrong(fact: string): { readonly type: "wrong"; readonly fact: string } {
  return { type: "wrong", fact };
}
