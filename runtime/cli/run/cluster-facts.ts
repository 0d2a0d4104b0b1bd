/** What people must know of a cluster before they use it, as rows: `cluster`, what it is; `kubectl`, the line that looks into it. */
import { relative } from "node:path";
import type { Activity } from "#config/activity.ts";
import type { Paint } from "#observability/pretty-text.ts";

export type FactRow = readonly [name: string, fact: string];

/** The longest name. */
const NAME_COLUMNS = "handlers".length;

export function factsText(rows: readonly FactRow[], paint: Paint): string {
  return rows.map(([name, fact]) => `${paint("bold", name.padEnd(NAME_COLUMNS))}  ${fact}\n`).join("");
}

export interface EmbeddedClusterFacts {
  /** The API server's URL. */
  readonly server: string;
  readonly activity: Activity;
}

export function embeddedClusterRows({ server, activity }: EmbeddedClusterFacts, paint: Paint): FactRow[] {
  return [
    ["cluster", `${server} ${paint("dim", `(embedded, activity ${activity})`)}`],
    ["", paint("dim", "no real cluster: in memory, no containers run, no rights are checked")],
  ];
}

export interface KubectlFacts {
  /** Absolute. `undefined`: where kubectl finds it by itself. */
  readonly kubeconfig: string | undefined;
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
  readonly cwd: string;
}

/** @param what for example `pods` */
export function kubectlRow(what: string, { kubeconfig, context, namespace, cwd }: KubectlFacts): FactRow {
  const flags = [
    ...(kubeconfig === undefined ? [] : ["--kubeconfig", shortest(kubeconfig, cwd)]),
    ...(context === undefined ? [] : ["--context", context]),
  ];
  const scope = namespace === undefined ? ["-A"] : ["-n", namespace];
  return ["kubectl", ["kubectl", ...flags, "get", what, ...scope].map(quoted).join(" ")];
}

function shortest(path: string, cwd: string): string {
  const local = relative(cwd, path);
  return local.startsWith("..") ? path : local;
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
