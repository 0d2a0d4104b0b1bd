import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { GivenText, WantedFiles } from "#authoring/given/given-files.ts";
import { invokeHandler } from "#authoring/invoke/invoke-handler.ts";
import type { InvokeRequest } from "#authoring/invoke/invoke-request.ts";
import { givenPaths } from "#config/given-paths.ts";
import { systemClock } from "#kernel/clock.ts";
import { createDevStyle } from "../dev/dev-style.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import { explain } from "../explain.ts";
import { givenTexts } from "./given-texts.ts";
import { interruptible } from "./interruptible.ts";
import { contradictionOf, type InvokeFlags, usesCluster } from "./invoke-flags.ts";
import { invokeJson } from "./invoke-json.ts";
import { invocationText, problemsText } from "./invoke-text.ts";
import type { Terminal } from "../terminal.ts";

/** Runs one handler once and prints what comes of it. Resolves with the exit code: 0 if the handler returned. */
export async function invoke(handler: string, flags: InvokeFlags, terminal: Terminal): Promise<number> {
  const contradiction = contradictionOf(flags);
  if (contradiction !== undefined) {
    terminal.err(`${contradiction}\n`);
    return EXIT_USAGE;
  }
  const read = await readRequest(handler, flags, terminal);
  if (typeof read === "string") {
    terminal.err(`${read}\n`);
    return EXIT_FAILED;
  }
  return interruptible(terminal, (signal) => run(read, flags, terminal, signal));
}

async function run(
  request: InvokeRequest,
  { output }: InvokeFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const result = await invokeHandler({ clock: systemClock, random: Math.random }, request, signal);
  const code = result.type === "ran" && result.outcome.type === "done" ? EXIT_OK : EXIT_FAILED;
  const { colour, cwd } = terminal;
  if (result.type === "ran") terminal.err(result.warnings.map((warning) => `warning: ${warning}\n`).join(""));
  const style = createDevStyle({ colour, cwd, handlers: request.directory, width: () => terminal.width() });
  if (output === "json") terminal.out(`${JSON.stringify(invokeJson(result), undefined, 2)}\n`);
  else if (result.type === "ran") terminal.out(invocationText(result, systemClock.now(), style));
  else terminal.err(result.type === "failed" ? `${result.message}\n` : problemsText(result.problems, style));
  return code;
}

/** Or why it cannot be read. */
async function readRequest(handler: string, flags: InvokeFlags, terminal: Terminal): Promise<InvokeRequest | string> {
  const { cwd, environment } = terminal;
  const { kubeconfig, context, live = false } = flags;
  const [object, old] = await Promise.all([flags.object, flags.old].map((path) => readText(path, terminal)));
  if (typeof object === "string") return object;
  if (typeof old === "string") return old;
  const cache = flags.cache && (await givenTexts(givenPaths(flags.cache, cwd), CACHE_FILES, terminal));
  if (cache?.type === "failed") return cache.message;
  if (cache?.texts.length === 0) return NO_FILES;
  return {
    handler,
    cwd,
    directory: resolve(cwd, flags.handlers),
    object,
    old,
    cache: cache?.texts,
    event: flags.event,
    namespace: flags.namespace,
    cluster: usesCluster(flags)
      ? { kubeconfig: kubeconfig === undefined ? undefined : resolve(cwd, kubeconfig), context, live }
      : undefined,
    environment,
  };
}

const CACHE_FILES: WantedFiles = { what: "objects", flag: "--cache" };
const NO_FILES = "Cannot fill the caches: there is no YAML and no JSON file. Name others with --cache.";

async function readText(path: string | undefined, terminal: Terminal): Promise<GivenText | string | undefined> {
  if (path === undefined) return undefined;
  if (path === "-") return { name: "standard input", text: await terminal.in() };
  try {
    return { name: path, text: await readFile(resolve(terminal.cwd, path), "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = UNREADABLE[code] ?? explain(error);
    return `Cannot read object "${path}": ${reason}. Name another file, or "-" for standard input.`;
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
};
