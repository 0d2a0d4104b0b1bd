import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { invokeHandler } from "#authoring/invoke/invoke-handler.ts";
import type { GivenText, InvokeRequest } from "#authoring/invoke/invoke-request.ts";
import { systemClock } from "#kernel/clock.ts";
import { createDevStyle } from "../dev/dev-style.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import { explain } from "../explain.ts";
import { interruptible } from "./interruptible.ts";
import { invokeJson } from "./invoke-json.ts";
import { invocationText, problemsText } from "./invoke-text.ts";
import type { Terminal } from "../terminal.ts";

export interface InvokeFlags {
  readonly object?: string;
  readonly old?: string;
  readonly event?: NonNullable<InvokeRequest["event"]>;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly live?: boolean;
  readonly handlers: string;
  readonly output: "text" | "json";
}

/** Runs one handler once and prints what comes of it. Resolves with the exit code: 0 if the handler returned. */
export async function invoke(handler: string, flags: InvokeFlags, terminal: Terminal): Promise<number> {
  if (flags.live && !usesCluster(flags)) {
    terminal.err(
      `Cannot use --live with --object alone: there is no cluster. Name one with --kubeconfig or --context.\n`,
    );
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
  const style = createDevStyle({ colour, cwd, handlers: request.directory, width: () => terminal.width() });
  if (output === "json") terminal.out(`${JSON.stringify(invokeJson(result), undefined, 2)}\n`);
  else if (result.type === "ran") terminal.out(invocationText(result, systemClock.now(), style));
  else terminal.err(result.type === "failed" ? `${result.message}\n` : problemsText(result.problems, style));
  return code;
}

function usesCluster({ object, kubeconfig, context }: InvokeFlags): boolean {
  return object === undefined || kubeconfig !== undefined || context !== undefined;
}

/** Or why it cannot be read. */
async function readRequest(handler: string, flags: InvokeFlags, terminal: Terminal): Promise<InvokeRequest | string> {
  const { cwd, environment } = terminal;
  const { kubeconfig, context, live = false } = flags;
  const [object, old] = await Promise.all([flags.object, flags.old].map((path) => readText(path, terminal)));
  if (typeof object === "string") return object;
  if (typeof old === "string") return old;
  return {
    handler,
    cwd,
    directory: resolve(cwd, flags.handlers),
    object,
    old,
    event: flags.event,
    namespace: flags.namespace,
    cluster: usesCluster(flags)
      ? { kubeconfig: kubeconfig === undefined ? undefined : resolve(cwd, kubeconfig), context, live }
      : undefined,
    environment,
  };
}

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
