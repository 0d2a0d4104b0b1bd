import type { FetchRule } from "../resolved-options.ts";

const DEFAULT_PORTS = { https: 443, http: 80 } as const;
const RULE =
  /^(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/)?(?<wildcard>\*\.)?(?<host>\[[0-9a-f:.]+\]|[^\s/?#@:*[\]]+)(?::(?<port>\d+))?$/i;
const LARGEST_PORT = 65_535;

export const FETCH_RULE = `a host such as "hooks.slack.com", "*.example.com" or "example.com:8443", with "http://" or "https://" before it where it needs one`;

/** Reads one entry of `allow.fetch`. `fact` says what is wrong with it. */
export function parseFetchRule(
  text: string,
): { readonly type: "rule"; readonly rule: FetchRule } | { readonly type: "wrong"; readonly fact: string } {
  const { scheme: written, wildcard, host: name = "", port: digits } = RULE.exec(text.trim())?.groups ?? {};
  if (name === "") return wrong(`allowed is ${FETCH_RULE}`);
  const scheme = written?.toLowerCase() ?? "https";
  if (scheme !== "https" && scheme !== "http")
    return wrong(`"${scheme}" is no scheme for fetch; allowed is https or http`);
  const host = hostOf(name);
  if (host === undefined) return wrong(`"${name}" is no host; allowed is ${FETCH_RULE}`);
  const port = digits === undefined ? DEFAULT_PORTS[scheme] : Number(digits);
  if (port < 1 || port > LARGEST_PORT) return wrong(`${port} is no port; allowed is 1 to ${LARGEST_PORT}`);
  const isWildcard = wildcard !== undefined;
  const opensPrivate = written !== undefined && digits !== undefined && !isWildcard;
  return { type: "rule", rule: { text: text.trim(), scheme, host, isWildcard, port, opensPrivate } };
}

/** As URLs write it, so that both can be compared: lower case, ASCII, an address in its only form. */
function hostOf(name: string): string | undefined {
  const url = URL.parse(`https://${name}/`);
  return url && url.hostname !== "" ? url.hostname.replace(/\.$/, "") : undefined;
}

function wrong(fact: string): { readonly type: "wrong"; readonly fact: string } {
  return { type: "wrong", fact };
}
