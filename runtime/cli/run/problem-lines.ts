import type { CheckResult } from "#authoring/check-handlers.ts";

type Problem = Extract<CheckResult, { type: "checked" }>["problems"][number];

/** `file:line:column reason`, and the source around it. */
export function problemLines(problems: readonly Problem[]): string {
  return problems
    .map(({ file, line, column, reason, frame }) => {
      return `${file}:${line}:${column} ${reason}\n${frame === "" ? "" : `${frame.trimEnd()}\n`}`;
    })
    .join("");
}

/** Told in one line each: what is warned of is mostly a whole package. */
export function warningLines(warnings: readonly Problem[]): string {
  return warnings.map(({ file, line, column, reason }) => `${file}:${line}:${column} warning: ${reason}\n`).join("");
}
