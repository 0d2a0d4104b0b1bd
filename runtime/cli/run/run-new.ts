import { basename, dirname, relative, resolve } from "node:path";
import type { WhereInformdIs } from "#authoring/editor-project.ts";
import { newHandler } from "#authoring/new-handler.ts";
import { EXIT_FAILED, EXIT_OK } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import { VERSION } from "#observability/version.ts";

export interface NewFlags {
  readonly handlers: string;
}

/** Writes a handler file, and says what was written and what to do next. Resolves with the exit code. */
export async function createHandler(name: string, { handlers }: NewFlags, terminal: Terminal): Promise<number> {
  const { cwd } = terminal;
  const result = await newHandler({ name, directory: resolve(cwd, handlers), version: VERSION.informd });
  if (result.type === "failed") {
    terminal.err(`${result.message}\n`);
    return EXIT_FAILED;
  }
  for (const file of result.files) terminal.out(`wrote ${relative(cwd, file)}\n`);
  terminal.out(`\nNext: ${nextCommand(result.informd, resolve(cwd, handlers), cwd)}\n`);
  return EXIT_OK;
}

/** npm's commands belong where package.json is: beside the handlers. */
function nextCommand(informd: WhereInformdIs, handlers: string, cwd: string): string {
  if (informd === "checkout") {
    const folder = relative(cwd, handlers);
    return `npm run dev${folder === "handlers" ? "" : ` -- --handlers ${folder}`}`;
  }
  const [folder, name] = [relative(cwd, dirname(handlers)), basename(handlers)];
  const dev = `npx informd dev${name === "handlers" ? "" : ` --handlers ${name}`}`;
  return [...(folder === "" ? [] : [`cd ${folder}`]), ...INSTALL[informd], dev].join(" && ");
}

const INSTALL: Readonly<Record<Exclude<WhereInformdIs, "checkout">, readonly string[]>> = {
  installed: [],
  listed: ["npm install"],
  absent: ["npm install --save-dev informd typescript"],
};
