import { resolveClusterConfig, type ClusterFlags } from "#config/cluster-config.ts";
import { openEmbeddedCluster } from "#devcluster/open-embedded-cluster.ts";
import { systemClock } from "#kernel/clock.ts";
import { createPaint } from "#observability/pretty-text.ts";
import {
  type EmbeddedClusterFacts,
  embeddedClusterRows,
  type FactRow,
  factsText,
  kubectlRow,
} from "./cluster-facts.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import { explain } from "../explain.ts";
import type { Terminal } from "../terminal.ts";

export type { ClusterFlags };

/** Runs the embedded cluster until a signal stops it. Resolves with the exit code. */
export async function cluster(flags: ClusterFlags, terminal: Terminal): Promise<number> {
  const resolved = resolveClusterConfig(flags, terminal);
  if (resolved.type === "invalid") {
    terminal.err(`${resolved.message}\n`);
    return EXIT_USAGE;
  }
  const tell = (error: unknown): void => terminal.err(`The embedded cluster failed at something: ${explain(error)}\n`);
  const opened = await openEmbeddedCluster(
    { clock: systemClock, random: Math.random, onError: tell },
    { ...resolved.config, environment: terminal.environment },
  );
  if (opened.type === "failed") {
    terminal.err(`${opened.message}\n`);
    return EXIT_FAILED;
  }
  const stopped = untilStop(terminal);
  terminal.out(greeting({ ...resolved.config, server: opened.cluster.server }, opened.kubeconfigPath, terminal));
  await stopped;
  // Terminals show `^C` where the cursor is.
  terminal.out(`${terminal.width() === undefined ? "" : "\r"}stopped\n`);
  await opened.stop();
  return EXIT_OK;
}

function untilStop(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => void terminal.onStop(() => resolve()));
}

function greeting(facts: EmbeddedClusterFacts, kubeconfig: string, { colour, cwd }: Terminal): string {
  const paint = createPaint(colour);
  const end: FactRow = ["", paint("dim", "Ctrl-C ends it, and then all that is in it is gone")];
  return factsText([...embeddedClusterRows(facts, paint), end, kubectlRow("all", { kubeconfig, cwd })], paint);
}
