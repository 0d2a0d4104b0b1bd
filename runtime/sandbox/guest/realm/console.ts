type Level = "debug" | "info" | "warn" | "error";
type Write = (level: Level, message: string, fields: undefined) => void;

/** `console`, as records of the handler's log. */
export function installConsole(write: Write): void {
  const writer =
    (level: Level) =>
    (...args: readonly unknown[]) =>
      write(level, args.map(toLine).join(" "), undefined);
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

function toLine(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
