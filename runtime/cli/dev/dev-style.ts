import { relative, sep } from "node:path";
import { createPaint, type Paint } from "#observability/pretty-text.ts";
import { fitLines } from "./fit-lines.ts";

/** How things look in `dev`. */
export interface DevStyle {
  readonly paint: Paint;
  /** `14:02:11.123`, in the time of whoever looks. */
  readonly time: (ms: number) => string;
  /** A handler's file as the shell that runs `dev` would name it. */
  readonly file: (name: string) => string;
  /** Columns of the terminal; `undefined`: it is none. */
  readonly width: () => number | undefined;
  /** Whole lines, so that the terminal breaks none in the middle of a word. */
  readonly fit: (text: string) => string;
}

export function createDevStyle({
  colour,
  cwd,
  handlers,
  width,
}: {
  readonly colour: boolean;
  readonly cwd: string;
  /** Absolute. */
  readonly handlers: string;
  readonly width: DevStyle["width"];
}): DevStyle {
  const folder = relative(cwd, handlers);
  return {
    paint: createPaint(colour),
    time: timeOfDay,
    file: (name) => (folder === "" ? name : `${folder}${sep}${name}`),
    width,
    fit: (text) => fitLines(text, width()),
  };
}

function timeOfDay(ms: number): string {
  const time = new Date(ms);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, "0"));
  return `${parts.join(":")}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

/** `850 ms`, `1.2 s`, `14 s`, `5 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1).replace(".0", "")} s`;
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
