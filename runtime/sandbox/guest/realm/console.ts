import { toShown } from "./readable.ts";

type Level = "debug" | "info" | "warn" | "error";
type Write = (level: Level, message: string, fields: undefined) => void;

/** `console`, as records of the handler's log. */
export function installConsole(write: Write): void {
  const writer =
    (level: Level) =>
    (...args: readonly unknown[]) =>
      write(level, args.map(toShown).join(" "), undefined);
  Object.assign(globalThis, {
    console: {
      debug: writer("debug"),
      trace: writer("debug"),
      log: writer("info"),
      info: writer("info"),
      dir: writer("info"),
      warn: writer("warn"),
      error: writer("error"),
    },
  });
}
