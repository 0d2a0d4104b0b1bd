/** apiserver: `truncateAtTotalRunes` and `truncateItemRunes`. */
const TOTAL_LIMIT = 4 * 1024;
const ITEM_LIMIT = 256;

/** Values of `Warning` headers (RFC 7234, 5.5): `299 - "text"`. Many or long ones are cut. */
export function warningHeaders(warnings: readonly string[]): string[] {
  const texts = [...new Set(warnings)].map((text) => text.replaceAll(/\p{Cc}/gu, ""));
  return withinLimits(texts).map((text) => {
    const quoted = text.replaceAll(/["\\]/g, String.raw`\$&`);
    // Header values are Latin-1 to Node, and UTF-8 to everybody else.
    return `299 - "${Buffer.from(quoted).toString("latin1")}"`;
  });
}

function withinLimits(texts: readonly string[]): readonly string[] {
  if (lengthOf(texts) <= TOTAL_LIMIT) return texts;
  const cut = texts.map((text) => Array.from(text).slice(0, ITEM_LIMIT).join(""));
  const last = cut.findIndex((_, index) => lengthOf(cut.slice(0, index + 1)) > TOTAL_LIMIT);
  return last === -1 ? cut : cut.slice(0, last);
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Array.from(text).length, 0);
}
