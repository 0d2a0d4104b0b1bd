/**
 * What names may be (apimachinery: `util/validation`). Each function says what is wrong, in the server's words, or nothing.
 */
const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
const QUALIFIED_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const LABEL_VALUE = `(${QUALIFIED_NAME})?`;
const CONFIG_KEY = "[-._a-zA-Z0-9]+";
const WILDCARD = "\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const NAME_EXAMPLES = ["MyName", "my.name", "123-abc"];
const NAME_BYTES = 63;
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

/** With a wildcard for its first part: `*.example.com`. */
export function wildcardFaults(name: string): string[] {
  const rule =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return faults(name, 253, WILDCARD, rule, ["*.example.com"]);
}

/** Of what may be a part of a path. */
export function pathSegmentFaults(name: string): string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"].filter((mark) => name.includes(mark)).map((mark) => `may not contain '${mark}'`);
}

/** Of keys of labels and annotations, with a domain before them or without. */
export function qualifiedNameFaults(text: string): string[] {
  const parts = text.split("/");
  const rule =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  if (parts.length > 2) {
    const wanted = withPattern(`a valid label key ${rule}`, QUALIFIED_NAME, NAME_EXAMPLES);
    return [`${wanted} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const [name = "", prefix] = parts.toReversed();
  const found: string[] = [];
  if (prefix === "") found.push("prefix part must be non-empty");
  else if (prefix !== undefined) found.push(...subdomainFaults(prefix).map((fault) => `prefix part ${fault}`));
  if (name === "") found.push("name part must be non-empty");
  if (name.length > NAME_BYTES) found.push(`name part must be no more than ${NAME_BYTES} bytes`);
  if (!isWhole(QUALIFIED_NAME, name)) found.push(`name part ${withPattern(rule, QUALIFIED_NAME, NAME_EXAMPLES)}`);
  return found;
}

export function labelValueFaults(value: string): string[] {
  const rule =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  const length = value.length > NAME_BYTES ? [`must be no more than ${NAME_BYTES} bytes`] : [];
  if (isWhole(LABEL_VALUE, value)) return length;
  return [...length, withPattern(rule, LABEL_VALUE, ["MyValue", "my_value", "12345"])];
}

/** Of keys of config maps and secrets. */
export function configKeyFaults(key: string): string[] {
  const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  const found = faults(key, 253, CONFIG_KEY, rule, ["key.name", "KEY_NAME", "key-name"]);
  if (key === "." || key === "..") return [...found, `must not be '${key}'`];
  return key.startsWith("..") ? [...found, "must not start with '..'"] : found;
}

/** Of names of ports. */
export function portNameFaults(name: string): string[] {
  const found: string[] = [];
  if (name.length > 15) found.push("must be no more than 15 characters");
  if (!/^[-a-z0-9]+$/.test(name)) found.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(name)) found.push("must contain at least one letter (a-z)");
  if (name.includes("--")) found.push("must not contain consecutive hyphens");
  if (/^-|-$/.test(name)) found.push("must not begin or end with a hyphen");
  return found;
}

/** Of names of variables. */
export function variableNameFaults(name: string): string[] {
  if (/^[ -<>-~]+$/.test(name)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** Of kinds, which may have capitals. */
export function kindFault(kind: string): string | undefined {
  const [fault] = label1035Faults(kind.toLowerCase());
  return fault === undefined ? undefined : `may have mixed case, but should otherwise match: ${fault}`;
}

function faults(name: string, maxLength: number, pattern: string, rule: string, examples: readonly string[]): string[] {
  const length = name.length > maxLength ? [`must be no more than ${maxLength} characters`] : [];
  return isWhole(pattern, name) ? length : [...length, withPattern(rule, pattern, examples)];
}

function isWhole(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(text);
}

/** apimachinery: `RegexError`, odd commas and all. */
function withPattern(rule: string, pattern: string, examples: readonly string[]): string {
  const quoted = examples.map((example) => `'${example}', `).join(" or ");
  return `${rule} (e.g. ${quoted}regex used for validation is '${pattern}')`;
}
