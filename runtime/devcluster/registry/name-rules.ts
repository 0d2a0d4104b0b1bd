/**
 * What names may be (apimachinery: `util/validation`). Each function says what is wrong, in the server's words, or nothing.
 */
const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

export function labelFaults(name: string): string[] {
  const rule =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return faults(name, 63, LABEL, rule, ["my-name", "123-abc"]);
}

export function label1035Faults(name: string): string[] {
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return faults(name, 63, LABEL_1035, rule, ["my-name", "abc-123"]);
}

export function subdomainFaults(name: string): string[] {
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return faults(name, 253, SUBDOMAIN, rule, ["example.com"]);
}

/** Of kinds, which may have capitals. */
export function kindFault(kind: string): string | undefined {
  const [fault] = label1035Faults(kind.toLowerCase());
  return fault === undefined ? undefined : `may have mixed case, but should otherwise match: ${fault}`;
}

function faults(name: string, maxLength: number, pattern: string, rule: string, examples: readonly string[]): string[] {
  const length = name.length > maxLength ? [`must be no more than ${maxLength} bytes`] : [];
  return new RegExp(`^${pattern}$`).test(name) ? length : [...length, withPattern(rule, pattern, examples)];
}

/** apimachinery: `RegexError`, odd commas and all. */
function withPattern(rule: string, pattern: string, examples: readonly string[]): string {
  const quoted = examples.map((example) => `'${example}', `).join(" or ");
  return `${rule} (e.g. ${quoted}regex used for validation is '${pattern}')`;
}
