/** Columns: as the formatters of most projects have it, or wider. */
export const LINE_WIDTH = 120;

/** The lines of a JSDoc comment, indented; none without a text. Lists and paragraphs stay as they are, long lines are wrapped. */
export function docComment(text: string, indent: string): string[] {
  const lines = text
    .replaceAll("*/", "*\\/")
    .split(/\r?\n/)
    .flatMap((line) => wrapped(line.trimEnd(), LINE_WIDTH - indent.length - " * ".length));
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  const [first = "", ...others] = lines;
  if (first === "") return [];
  const short = `${indent}/** ${first.trimStart()} */`;
  if (others.length === 0 && short.length <= LINE_WIDTH) return [short];
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}

/** A word that is longer stays whole. */
function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const fitting = rest.lastIndexOf(" ", width);
    const end = fitting > 0 ? fitting : rest.indexOf(" ", width);
    if (end < 0) break;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  return [...lines, rest];
}
