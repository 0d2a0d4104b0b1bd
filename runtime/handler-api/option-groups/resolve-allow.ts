/** What the handler may reach. */
import type { KubeRule, ResolvedOptions } from "../resolved-options.ts";
import type { OptionReader, OptionRecord } from "./option-reader.ts";
import { parseKubeRule } from "./parse-kube-rule.ts";
import { matching } from "./text-rules.ts";

const ALLOW = `an object such as { kube: ["create events"], fetch: ["hooks.slack.com"], env: ["SLACK_PATH"] }`;
const KUBE_RULE = `"<verbs> <resource>", such as "create,patch events in prod"`;
const HOST = matching(
  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i,
  `a host name without scheme, port and path, such as "hooks.slack.com"`,
);
const VARIABLE = matching(/^[A-Za-z_][A-Za-z0-9_]*$/, `the name of an environment variable, such as "SLACK_PATH"`);

export function resolveAllow(reader: OptionReader, options: OptionRecord): ResolvedOptions["allow"] {
  const allow = reader.record("allow", options.allow, ALLOW);
  reader.knownKeys(allow, ["kube", "fetch", "env"], "allow.");
  return {
    kube: readKubeRules(reader, allow.kube),
    fetch: reader.texts("allow.fetch", allow.fetch, HOST) ?? [],
    env: reader.texts("allow.env", allow.env, VARIABLE) ?? [],
  };
}

function readKubeRules(reader: OptionReader, value: unknown): readonly KubeRule[] {
  const items = reader.items("allow.kube", value, KUBE_RULE) ?? [];
  return items.flatMap((item, index) => {
    const option = `allow.kube[${index}]`;
    if (typeof item !== "string") {
      reader.refuse(option, item, KUBE_RULE);
      return [];
    }
    const parsed = parseKubeRule(item);
    if (parsed.type === "rule") return [parsed.rule];
    reader.report(option, `got ${JSON.stringify(item)}; ${parsed.fact}`);
    return [];
  });
}
