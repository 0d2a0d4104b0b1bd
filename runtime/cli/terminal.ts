/** What a command may touch of the world outside: nothing else in the CLI reads `process`. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal and colour is wanted (https://no-color.org). */
  readonly colour: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Calls `stop` at the first SIGTERM or SIGINT; the second one ends the process at once. Returns how to stop listening. */
  onStop(stop: (signal: NodeJS.Signals) => void): () => void;
}

/** 128 + the number of SIGINT: what shells report. */
const EXIT_INTERRUPTED = 130;

export function systemTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    environment: process.env,
    colour: process.stdout.isTTY && !process.env["NO_COLOR"],
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    onStop(stop) {
      let stopping = false;
      const listen = (signal: NodeJS.Signals): void => {
        if (stopping) process.exit(EXIT_INTERRUPTED);
        stopping = true;
        stop(signal);
      };
      process.on("SIGTERM", listen).on("SIGINT", listen);
      return () => void process.off("SIGTERM", listen).off("SIGINT", listen);
    },
  };
}
