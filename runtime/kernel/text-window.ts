/** The part of a line that begins at `start`; `…` stands where something is left out before it. Every character keeps its place. */
export function textWindow(text: string, start: number): string {
  return start > 0 && text.length > start ? `…${text.slice(start + 1)}` : text.slice(start);
}
