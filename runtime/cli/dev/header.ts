import { relative } from "node:path";
import {
  type EmbeddedClusterFacts,
  embeddedClusterRows,
  type FactRow,
  factsText,
  type KubectlFacts,
  kubectlRow,
} from "../run/cluster-facts.ts";
import type { DevStyle } from "./dev-style.ts";

export interface HeaderFacts extends EmbeddedClusterFacts, KubectlFacts {
  readonly cluster: "embedded" | "real";
  readonly dryRun: boolean;
  /** Absolute. */
  readonly handlers: string;
}

/** What runs where, and the line that looks into the same cluster. */
export function headerText(facts: HeaderFacts, { paint }: DevStyle): string {
  const { handlers, cwd } = facts;
  const rows: readonly FactRow[] = [
    ...(facts.cluster === "real" ? realClusterRows(facts) : embeddedClusterRows(facts, paint)),
    kubectlRow("pods", facts),
    ["handlers", `${relative(cwd, handlers) || "."} ${paint("dim", "(live as soon as they are saved; Ctrl-C ends)")}`],
  ];
  return `${factsText(rows, paint)}\n`;
}

/** What handlers see and do in a cluster that others use too. */
function realClusterRows({ server, dryRun }: HeaderFacts): FactRow[] {
  const writes = dryRun ? "what handlers write is a dry run, until --live" : "what handlers write is kept (--live)";
  return [
    ["cluster", server],
    ["changes", `told from now on; ${writes}`],
  ];
}
