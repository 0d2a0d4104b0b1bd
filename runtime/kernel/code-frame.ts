import { textWindow } from "./text-window.ts";

/** Lines shown before and after the one that is meant. */
const AROUND = 3;
/** Longer lines are cut: they are generated, and a terminal would wrap them. */
const WIDEST = 200;

/** A place in a text; 1-based, in UTF-16 units. */
export interface FramePlace {
  readonly line: number;
  readonly column: number;
  /** What the caret underlines. @default 1 */
  readonly length?: number;
}

/**
 * The source around a place, with line numbers and a caret; `""` if the text has no such line.
 * ```
 *   1 │ export default () => {
 * > 2 │   const = 1;
 *     │         ^
 *   3 │ };
 * ```
 */
export function codeFrame(source: string, { line, column, length = 1 }: FramePlace): string {
  const lines = source.split(/\r?\n/);
  const meant = lines[line - 1];
  if (meant === undefined) return "";
  const first = Math.max(1, line - AROUND);
  const shown = lines.slice(first - 1, line + AROUND);
  while (shown.length > line - first + 1 && shown.at(-1)?.trim() === "") shown.pop();
  const width = String(first + shown.length - 1).length;
  const start = column >= WIDEST ? column - WIDEST / 2 : 0;
  return shown
    .flatMap((text, at) => {
      const number = first + at;
      const code = textWindow(text, start, WIDEST);
      const row = `${number === line ? ">" : " "} ${String(number).padStart(width)} │ ${code}`.trimEnd();
      return number === line ? [row, `  ${" ".repeat(width)} │ ${caret(code, column - start, length)}`] : [row];
    })
    .join("\n");
}

/** Tabs stay tabs, so that the caret is where the terminal shows the column. */
function caret(text: string, column: number, length: number): string {
  const before = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  const underlined = Math.max(1, Math.min(length, text.length - column + 1));
  return `${before}${"^".repeat(underlined)}`;
}
