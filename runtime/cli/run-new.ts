import { relative, resolve } from "node:path";
import { newHandler } from "#authoring/new-handler.ts";
import { EXIT_FAILED, EXIT_OK } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export interface NewFlags {
  readonly handlers: string;
}

/** Writes a handler file, and says what was written and what to do next. Resolves with the exit code. */
export async function createHandler(name: string, { handlers }: NewFlags, terminal: Terminal): Promise<number> {
  const { cwd } = terminal;
  const result = await newHandler({ name, directory: resolve(cwd, handlers), version: VERSION });
  if (result.type === "failed") {
    terminal.err(`${result.message}\n`);
    return EXIT_FAILED;
  }
  for (const file of result.files) terminal.out(`wrote ${relative(cwd, file)}\n`);
  terminal.out(`\nNext: ${nextCommand(result.project, handlers)}\n`);
  return EXIT_OK;
}

function nextCommand(project: "own" | "checkout", handlers: string): string {
  const flags = handlers === "handlers" ? "" : `--handlers ${handlers}`;
  if (project === "checkout") return `npm run dev${flags && ` -- ${flags}`}`;
  return `npm install && npx informd dev${flags && ` ${flags}`}`;
}
