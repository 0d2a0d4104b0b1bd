/** A log that scrolls, with one line at its end that is rewritten in place. Not a terminal: then there is no such line. */
export interface Screen {
  /** Whole lines. */
  print(text: string): void;
  /** What is going on; `""`: nothing. */
  status(text: string): void;
}

export interface ScreenOptions {
  /** Columns; `undefined`: not a terminal. */
  readonly width: () => number | undefined;
}

const ERASE_LINE = "\r\u001b[2K";

export function createScreen(write: (text: string) => void, { width }: ScreenOptions): Screen {
  let shown = "";
  const erase = (): string => (shown === "" ? "" : ERASE_LINE);
  return {
    print: (text) => write(`${erase()}${text}${shown}`),
    status(text) {
      const columns = width();
      if (columns === undefined) return;
      const next = text.slice(0, Math.max(0, columns - 1));
      if (next === shown) return;
      write(`${erase()}${next}`);
      shown = next;
    },
  };
}
