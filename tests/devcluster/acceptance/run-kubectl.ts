import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export interface KubectlRun {
  readonly args: readonly string[];
  readonly input?: string;
  /** An empty home, removed by who made it. */
  readonly home: string;
  readonly kubeconfig: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it as Ctrl-C would. */
  readonly signal?: AbortSignal;
  readonly onOutput?: (soFar: string) => void;
}

export interface KubectlResult {
  /** `undefined`: it was ended. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;

export async function runKubectl(run: KubectlRun): Promise<KubectlResult> {
  const child = spawn(join(process.env["KUBEBUILDER_ASSETS"] ?? "", "kubectl"), run.args, {
    // So short a program need not collect garbage: that is a quarter of its time.
    env: { GOGC: "off", PATH: process.env["PATH"], HOME: run.home, KUBECONFIG: run.kubeconfig, ...run.env },
    timeout: TIMEOUT_MS,
  });
  let soFar = "";
  child.stdout.on("data", (piece: Buffer) => run.onOutput?.((soFar += piece.toString())));
  const interrupt = (): void => void child.kill("SIGINT");
  run.signal?.addEventListener("abort", interrupt, { once: true });
  child.stdin.end(run.input ?? "");
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { exitCode: child.exitCode ?? undefined, stdout, stderr };
}

/** The words of a command line; single quotes hold words together. */
export function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return words.map((word) => word.replaceAll("'", ""));
}
