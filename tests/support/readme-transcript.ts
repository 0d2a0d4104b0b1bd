import { readFileSync } from "node:fs";
import { join } from "node:path";

const README = join(import.meta.dirname, "..", "..", "README.md");

/** The lines of the README's transcript that a screen does not show, or not in this order. */
export function missingOnScreen(screen: string): string[] {
  const shown = steadyLines(screen);
  let at = 0;
  return readmeTranscript().filter((line) => {
    const found = shown.indexOf(line, at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}

function readmeTranscript(): string[] {
  const [, transcript = ""] = /^```\n(cluster .*?)^```$/ms.exec(readFileSync(README, "utf8")) ?? [];
  return steadyLines(transcript).filter((line) => line !== "" && line !== "…");
}

/** Lines as they were before they were made to fit the terminal, without what differs from run to run. */
function steadyLines(text: string): string[] {
  return text
    .replaceAll(/\n {8}(?=[a-z])/g, " ")
    .replaceAll(/\d\d:\d\d:\d\d(\.\d{3})?/g, "TIME")
    .replaceAll(/\b[\d.]+ m?s\b/g, "N ms")
    .replaceAll(/127\.0\.0\.1:\d+/g, "SERVER")
    .replaceAll(/\b(demo\/|name=)[a-z]\S+/g, "$1POD")
    .replaceAll(/images=\[\S+\]/g, "images=IMAGES")
    .replaceAll(/=\d+/g, "=N")
    .split("\n");
}
