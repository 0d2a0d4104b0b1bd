import { type GivenText, readGivenFiles, type ReadTexts, type WantedFiles } from "#authoring/given/given-files.ts";
import type { Terminal } from "../terminal.ts";

/** What files, folders and standard input hold. @param paths absolute; `-` is standard input */
export async function givenTexts(
  paths: readonly string[],
  wanted: WantedFiles,
  terminal: Terminal,
): Promise<ReadTexts> {
  const texts: GivenText[] = [];
  for (const path of paths) {
    if (path === "-") texts.push({ name: "standard input", text: await terminal.in() });
    else {
      const read = await readGivenFiles(path, terminal.cwd, wanted);
      if (read.type === "failed") return read;
      texts.push(...read.texts);
    }
  }
  return { type: "read", texts };
}

/** For `--crds`, of every command that has it. */
export const DEFINITION_FILES: WantedFiles = { what: "definitions", flag: "--crds" };
