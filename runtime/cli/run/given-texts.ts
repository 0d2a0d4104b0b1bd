import { type GivenText, readGivenFiles, type ReadTexts, type WantedFiles } from "#authoring/given/given-files.ts";
import type { Terminal } from "../terminal.ts";

/** What files, folders and standard input hold. @param paths absolute; `-` is standard input */
export async function givenTexts(
  paths: readonly string[],
  wanted: WantedFiles,
  terminal: Terminal,
): Promise<ReadTexts> {
  const texts: GivenText[] = [];
  // Named twice, it counts once: standard input has no more to give, and a file may be in a folder that is named too.
  const unread = ({ name }: GivenText): boolean => !texts.some((one) => one.name === name);
  for (const path of new Set(paths)) {
    if (path === "-") texts.push({ name: "standard input", text: await terminal.in() });
    else {
      const read = await readGivenFiles(path, terminal.cwd, wanted);
      if (read.type === "failed") return read;
      texts.push(...read.texts.filter(unread));
    }
  }
  return { type: "read", texts };
}

/** For `--crds`, of every command that has it. */
export const DEFINITION_FILES: WantedFiles = { what: "definitions", flag: "--crds" };
