import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFetchRule } from "#handler-api/option-groups/parse-fetch-rule.ts";

function ruleOf(text: string): string {
  const parsed = parseFetchRule(text);
  if (parsed.type === "wrong") return parsed.fact;
  const { scheme, host, isWildcard, port, opensPrivate } = parsed.rule;
  return `${scheme}://${isWildcard ? "*." : ""}${host}:${port}${opensPrivate ? " also private" : ""}`;
}

const RULES: Readonly<Record<string, string>> = {
  "hooks.slack.com": "https://hooks.slack.com:443",
  "Hooks.Slack.com.": "https://hooks.slack.com:443",
  "*.example.com": "https://*.example.com:443",
  "example.com:8443": "https://example.com:8443",
  "http://example.com": "http://example.com:80",
  "https://example.com": "https://example.com:443",
  "http://hooks.ops.svc:8080": "http://hooks.ops.svc:8080 also private",
  "https://10.0.0.5:8443": "https://10.0.0.5:8443 also private",
  "https://[fd00::0:5]:8443": "https://[fd00::5]:8443 also private",
  "http://*.ops.svc:8080": "http://*.ops.svc:8080",
  "127.example.com": "https://127.example.com:443",
  "https://[::ffff:10.0.0.5]:8443": "https://[::ffff:a00:5]:8443 also private",
  "bücher.example": "https://xn--bcher-kva.example:443",
};

for (const [text, rule] of Object.entries(RULES)) {
  test(`"${text}" allows ${rule}`, () => assert.equal(ruleOf(text), rule));
}

const ALLOWED =
  'allowed is a host such as "hooks.slack.com", "*.example.com" or "example.com:8443", with "http://" or "https://" before it where it needs one';

const WRONG: Readonly<Record<string, string>> = {
  "": ALLOWED,
  "*": ALLOWED,
  "https://hooks.slack.com/services": ALLOWED,
  "hooks.slack.com?x": ALLOWED,
  "user@example.com": ALLOWED,
  "a.*.example.com": ALLOWED,
  "two hosts.example": ALLOWED,
  "ftp://example.com": '"ftp" is no scheme for fetch; allowed is https or http',
  "example.com:0": "0 is no port; allowed is 1 to 65535",
  "example.com:70000": "70000 is no port; allowed is 1 to 65535",
  "[::1": ALLOWED,
  "[::zz]": ALLOWED,
  "evil.com\\good.com": ALLOWED,
  "a%2eb.com": `"a%2eb.com" is no host; ${ALLOWED}`,
  "*.com": `"*.com" would be everybody's; name more of it, such as "*.example.com"`,
  "*.10.0.0.1": '"10.0.0.1" is an address, and nothing is below it; name each address',
  "*.[fd00::1]": '"[fd00::1]" is an address, and nothing is below it; name each address',
  "exa%mple.com": `"exa%mple.com" is no host; ${ALLOWED}`,
};

/** Entries that would allow what is refused in any case, with the host as URLs have it. */
const OWN: Readonly<Record<string, string>> = {
  localhost: "localhost",
  "LOCALHOST.": "localhost",
  "*.localhost": "localhost",
  "*.app.localhost": "app.localhost",
  "http://127.0.0.1:80": "127.0.0.1",
  "http://2130706433:8080": "127.0.0.1",
  "0.0.0.0": "0.0.0.0",
  "169.254.169.254": "169.254.169.254",
  "[::1]": "[::1]",
  "[::]": "[::]",
  "[fe80::1]": "[fe80::1]",
  "[::ffff:127.0.0.1]": "[::ffff:7f00:1]",
  "[::ffff:169.254.169.254]": "[::ffff:a9fe:a9fe]",
};

for (const [text, host] of Object.entries(OWN)) {
  const fact = `"${host}" is the host's own or of its link, which no handler reaches; name another host`;
  test(`"${text}" is refused, for it would never hold`, () => assert.equal(ruleOf(text), fact));
}

for (const [text, fact] of Object.entries(WRONG)) {
  test(`"${text}" is refused with what is allowed`, () => assert.equal(ruleOf(text), fact));
}
