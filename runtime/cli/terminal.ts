import { text } from "node:stream/consumers";
import { EXIT_FAILED, EXIT_INTERRUPTED } from "./exit-codes.ts";

/** What a command may touch of the world outside: nothing else in the CLI reads `process`. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output takes colour: it is a terminal, unless `NO_COLOR` or `FORCE_COLOR` say otherwise. */
  readonly colour: boolean;
  /** Columns of the terminal that standard output is; `undefined` if it is none. */
  width(): number | undefined;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  in(): Promise<string>;
  /**
   * Calls `stop` at the first SIGTERM or SIGINT, and when nobody reads standard output any more (`| head -1`).
   * Another signal after that ends the process at once. Returns how to stop listening.
   */
  onStop(stop: (signal: NodeJS.Signals) => void): () => void;
}

/** For terminals that do not say how wide they are. */
const USUAL_WIDTH = 80;

export function systemTerminal(): Terminal {
  const output = watchOutput();
  return {
    cwd: process.cwd(),
    environment: process.env,
    colour: wantsColour(process.env, process.stdout.isTTY),
    width: () => (process.stdout.isTTY ? process.stdout.columns || USUAL_WIDTH : undefined),
    out: (line) => void process.stdout.write(line),
    err: (line) => void process.stderr.write(line),
    in: () => text(process.stdin),
    onStop(stop) {
      let stopping = false;
      const listen = (signal: NodeJS.Signals): void => {
        if (stopping) process.exit(EXIT_INTERRUPTED);
        stopping = true;
        stop(signal);
      };
      const listenToOutput = (): void => {
        if (!stopping) listen("SIGPIPE");
      };
      process.on("SIGTERM", listen).on("SIGINT", listen);
      output.addEventListener("abort", listenToOutput, { once: true });
      return () => {
        process.off("SIGTERM", listen).off("SIGINT", listen);
        output.removeEventListener("abort", listenToOutput);
      };
    },
  };
}

/** https://no-color.org, https://force-color.org */
export function wantsColour(environment: Terminal["environment"], isTerminal: boolean): boolean {
  const forced = environment["FORCE_COLOR"] ?? "";
  if (forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb";
}

/** Aborts when nobody reads standard output any more. What else goes wrong with it is told once; handlers go on. */
function watchOutput(): AbortSignal {
  const closed = new AbortController();
  let told = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return closed.abort();
    if (!told) process.stderr.write(`Cannot write to standard output: ${error.message}. Records are lost meanwhile.\n`);
    told = true;
    process.once("exit", () => (process.exitCode ||= EXIT_FAILED));
  });
  process.stderr.on("error", () => {});
  return closed.signal;
}
