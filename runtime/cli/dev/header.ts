import { relative } from "node:path";
import type { Activity } from "#config/activity.ts";
import type { Paint } from "#observability/pretty-text.ts";
import type { DevStyle } from "./dev-style.ts";

export interface HeaderFacts {
  /** The API server's URL. */
  readonly server: string;
  readonly cluster: "embedded" | "real";
  readonly activity: Activity;
  readonly dryRun: boolean;
  /** Absolute. `undefined`: where kubectl finds it by itself. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string | undefined;
  /** Absolute. */
  readonly handlers: string;
  readonly cwd: string;
}

/** What runs where, and the line that looks into the same cluster. */
export function headerText(facts: HeaderFacts, { paint }: DevStyle): string {
  const { handlers, cwd } = facts;
  const rows: readonly Row[] = [
    ...(facts.cluster === "real" ? realRows(facts) : embeddedRows(facts, paint)),
    ["kubectl", kubectlLine(facts)],
    ["handlers", `${relative(cwd, handlers) || "."} ${paint("dim", "(live as soon as they are saved; Ctrl-C ends)")}`],
  ];
  return `${rows.map(([name, value]) => `${paint("bold", name.padEnd(8))}  ${value}\n`).join("")}\n`;
}

type Row = readonly [name: string, value: string];

function embeddedRows({ server, activity }: HeaderFacts, paint: Paint): Row[] {
  return [
    ["cluster", `${server} ${paint("dim", `(embedded, activity ${activity})`)}`],
    ["", paint("dim", "no real cluster: in memory, no containers run, no rights are checked")],
  ];
}

/** What handlers see and do in a cluster that others use too. */
function realRows({ server, dryRun }: HeaderFacts): Row[] {
  const writes = dryRun ? "what handlers write is a dry run, until --live" : "what handlers write is kept (--live)";
  return [
    ["cluster", server],
    ["changes", `told from now on; ${writes}`],
  ];
}

function kubectlLine({ kubeconfig, context, namespace, cwd }: HeaderFacts): string {
  const flags = [
    ...(kubeconfig === undefined ? [] : ["--kubeconfig", shortest(kubeconfig, cwd)]),
    ...(context === undefined ? [] : ["--context", context]),
  ];
  const scope = namespace === undefined ? ["-A"] : ["-n", namespace];
  return ["kubectl", ...flags, "get", "pods", ...scope].map(quoted).join(" ");
}

function shortest(path: string, cwd: string): string {
  const local = relative(cwd, path);
  return local.startsWith("..") ? path : local;
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
