/** What is wrong with a text that is no URL. The text itself may be a secret: those of webhooks are. */
export function urlFault(text: string): TypeError {
  const fact = /^\s*https?:/i.test(text)
    ? "it has no host that can be read"
    : 'it does not begin with "https://" or "http://" and a host';
  // Node's has the text in a field.
  const cause = Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" });
  return new TypeError(`Failed to parse URL: ${fact}`, { cause });
}
