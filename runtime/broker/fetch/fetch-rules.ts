import type { FetchRule } from "#handler-api/resolved-options.ts";

/** The entry that allows a URL; of several one that opens private networks. */
export function ruleFor(rules: readonly FetchRule[], url: URL): FetchRule | undefined {
  const fitting = rules.filter((rule) => fits(rule, url));
  return fitting.find(({ opensPrivate }) => opensPrivate) ?? fitting[0];
}

/** The shortest entry that allows it and nothing else. */
export function entryFor({ protocol, hostname, port }: URL): string {
  const host = port === "" ? hostname : `${hostname}:${port}`;
  return protocol === "https:" ? host : `http://${host}`;
}

/** The entry that allows it also in a private network. */
export function privateEntryFor(url: URL): string {
  return `${url.protocol}//${url.hostname}:${portOf(url)}`;
}

function fits({ scheme, host, isWildcard, port }: FetchRule, url: URL): boolean {
  const isHost = isWildcard ? url.hostname.endsWith(`.${host}`) : url.hostname === host;
  return isHost && url.protocol === `${scheme}:` && portOf(url) === port;
}

function portOf({ protocol, port }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}
