import { stripVTControlCharacters } from "node:util";

/** What goes on stands this much further in. */
const HANGING = 4;
/** A terminal that is narrower breaks lines itself. */
const LEAST_COLUMNS = 40;
/** `> 12 │ return x;` and the caret below it. */
const SOURCE = /^\s*(> *)?\d* *│/;

/** Lines that are wider than the terminal, broken between words. Source stays as it is, and so does a word that is wider. */
export function fitLines(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < LEAST_COLUMNS) return text;
  return text
    .split("\n")
    .map((line) => fit(line, columns))
    .join("\n");
}

function fit(line: string, columns: number): string {
  const visible = stripVTControlCharacters(line);
  if (visible.length <= columns || SOURCE.test(visible)) return line;
  const indent = visible.length - visible.trimStart().length + HANGING;
  const [first = "", ...words] = line.split(" ");
  const lines: string[] = [];
  let [current, width] = [first, columnsOf(first)];
  for (const word of words) {
    const wide = columnsOf(word);
    if (width > indent && width + 1 + wide > columns) {
      lines.push(current);
      [current, width] = [`${" ".repeat(indent)}${word}`, indent + wide];
    } else {
      [current, width] = [`${current} ${word}`, width + 1 + wide];
    }
  }
  return [...lines, current].join("\n");
}

function columnsOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
