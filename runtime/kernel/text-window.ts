/** The part of a line that begins at `start`; `…` stands where something is left out at an end. Every character keeps its place. */
export function textWindow(text: string, start: number, width = Infinity): string {
  const shown = text.slice(start, start + width);
  const begun = start > 0 && shown !== "" ? `…${shown.slice(1)}` : shown;
  return text.length > start + width ? `${begun.slice(0, -1)}…` : begun;
}
