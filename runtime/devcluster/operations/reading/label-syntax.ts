/** What makes a label's key or value unacceptable, in the words of the real server. None: it is fine. */
export function labelKeyProblems(key: string): string[] {
  const parts = key.split("/");
  const [prefix, name] = parts.length === 1 ? [undefined, key] : parts;
  if (parts.length > 2)
    return [`a valid label key ${NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  return [...(prefix === undefined ? [] : prefixProblems(prefix)), ...nameProblems(name ?? "")];
}

export function labelValueProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > MAX_NAME) problems.push(tooLong(MAX_NAME));
  if (!VALUE.test(value))
    problems.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    );
  return problems;
}

const MAX_NAME = 63;
const MAX_PREFIX = 253;
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

function nameProblems(name: string): string[] {
  const problems: string[] = [];
  if (name === "") problems.push("name part must be non-empty");
  else if (name.length > MAX_NAME) problems.push(`name part ${tooLong(MAX_NAME)}`);
  if (!NAME.test(name)) problems.push(`name part ${NAME_RULE}`);
  return problems;
}

function prefixProblems(prefix: string): string[] {
  if (prefix === "") return ["prefix part must be non-empty"];
  const problems: string[] = [];
  if (prefix.length > MAX_PREFIX) problems.push(`prefix part ${tooLong(MAX_PREFIX)}`);
  if (!PREFIX.test(prefix))
    problems.push(
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    );
  return problems;
}

function tooLong(limit: number): string {
  return `must be no more than ${limit} bytes`;
}
