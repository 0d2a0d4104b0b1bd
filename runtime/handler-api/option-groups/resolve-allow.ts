/** What the handler may reach. */
import type { FetchRule, KubeRule, ResolvedOptions } from "../resolved-options.ts";
import type { OptionReader, OptionRecord } from "./option-reader.ts";
import { FETCH_RULE, parseFetchRule } from "./parse-fetch-rule.ts";
import { parseKubeRule } from "./parse-kube-rule.ts";
import { matching } from "./text-rules.ts";

const ALLOW = `an object such as { kube: ["create events"], fetch: ["hooks.slack.com"], env: ["SLACK_PATH"] }`;
const KUBE_RULE = `"<verbs> <resource>", such as "create,patch events in prod"`;
const VARIABLE = matching(/^[A-Za-z_][A-Za-z0-9_]*$/, `the name of an environment variable, such as "SLACK_PATH"`);

export function resolveAllow(reader: OptionReader, options: OptionRecord): ResolvedOptions["allow"] {
  const allow = reader.record("allow", options.allow, ALLOW);
  reader.knownKeys(allow, ["kube", "fetch", "env"], "allow.");
  return {
    kube: readRules<KubeRule>(reader, { option: "allow.kube", value: allow.kube, allowed: KUBE_RULE }, parseKubeRule),
    fetch: readRules<FetchRule>(
      reader,
      { option: "allow.fetch", value: allow.fetch, allowed: FETCH_RULE },
      parseFetchRule,
    ),
    env: reader.texts("allow.env", allow.env, VARIABLE) ?? [],
  };
}

type Parse<Rule> = (
  text: string,
) => { readonly type: "rule"; readonly rule: Rule } | { readonly type: "wrong"; readonly fact: string };

function readRules<Rule>(
  reader: OptionReader,
  { option, value, allowed }: { readonly option: string; readonly value: unknown; readonly allowed: string },
  parse: Parse<Rule>,
): readonly Rule[] {
  const items = reader.items(option, value, allowed) ?? [];
  return items.flatMap((item, index) => {
    if (typeof item !== "string") {
      reader.refuse(`${option}[${index}]`, item, allowed);
      return [];
    }
    const parsed = parse(item);
    if (parsed.type === "rule") return [parsed.rule];
    reader.report(`${option}[${index}]`, `got ${JSON.stringify(item)}; ${parsed.fact}`);
    return [];
  });
}
