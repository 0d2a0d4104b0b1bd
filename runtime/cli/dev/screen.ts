/** A log that scrolls, with one line at its end that is rewritten in place. Not a terminal: then there is no such line. */
export interface Screen {
  /** Whole lines. */
  print(text: string): void;
  /** What is going on; `""`: nothing. */
  status(text: string): void;
  /** Takes away what the terminal itself wrote on the last line: it shows `^C` there. */
  clear(): void;
}

export interface ScreenOptions {
  /** Columns; `undefined`: not a terminal. */
  readonly width: () => number | undefined;
  /** Of the line at the end. */
  readonly paint: (status: string) => string;
}

const ERASE_LINE = "\r\u001b[2K";

export function createScreen(write: (text: string) => void, { width, paint }: ScreenOptions): Screen {
  let shown = "";
  const erase = (): string => (shown === "" ? "" : ERASE_LINE);
  return {
    clear() {
      if (width() !== undefined) write(ERASE_LINE + (shown === "" ? "" : paint(shown)));
    },
    print: (text) => write(`${erase()}${text}${shown === "" ? "" : paint(shown)}`),
    status(text) {
      const columns = width();
      if (columns === undefined) return;
      const next = text.slice(0, Math.max(0, columns - 1));
      if (next === shown) return;
      write(`${erase()}${next === "" ? "" : paint(next)}`);
      shown = next;
    },
  };
}
