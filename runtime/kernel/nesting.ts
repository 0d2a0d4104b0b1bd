const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{` differ in this bit only, and so do `]` and `}`. */
const BRACE_BIT = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Whether JSON is nested deeper than that. `JSON.parse` takes any depth, but what walks the value afterwards runs out of stack. */
export function isNestedDeeper(json: Uint8Array, limit: number): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if ((byte | BRACE_BIT) === OPEN) {
      if (++depth > limit) return true;
    } else if ((byte | BRACE_BIT) === CLOSE) depth--;
  }
  return false;
}
