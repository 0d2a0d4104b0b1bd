import { relative } from "node:path";
import { resolveClusterConfig, type ClusterFlags } from "#config/cluster-config.ts";
import { openEmbeddedCluster } from "#devcluster/open-embedded-cluster.ts";
import { systemClock } from "#kernel/clock.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "./exit-codes.ts";
import { explain } from "./explain.ts";
import type { Terminal } from "./terminal.ts";

export type { ClusterFlags };

/** Runs the embedded cluster until a signal stops it. Resolves with the exit code. */
export async function cluster(flags: ClusterFlags, terminal: Terminal): Promise<number> {
  const resolved = resolveClusterConfig(flags, terminal);
  if (resolved.type === "invalid") {
    terminal.err(`${resolved.message}\n`);
    return EXIT_USAGE;
  }
  const opened = await openEmbeddedCluster(
    { clock: systemClock, random: Math.random, onError: (error) => terminal.err(`${explain(error)}\n`) },
    { ...resolved.config, environment: terminal.environment },
  );
  if (opened.type === "failed") {
    terminal.err(`${opened.message}\n`);
    return EXIT_FAILED;
  }
  const { cluster: running, kubeconfigPath } = opened;
  terminal.out(greeting(running.server, shortest(kubeconfigPath, terminal.cwd)));
  await new Promise<void>((resolve) => void terminal.onStop(() => resolve()));
  await opened.stop();
  return EXIT_OK;
}

function greeting(server: string, kubeconfig: string): string {
  return [
    `embedded cluster at ${server}, in memory: it is gone when this ends (Ctrl-C)`,
    `kubectl --kubeconfig ${kubeconfig} get all -A`,
    "It is no real cluster: nothing checks rights, no admission runs, no container starts (docs/embedded-cluster.md).",
    "",
  ].join("\n");
}

function shortest(path: string, cwd: string): string {
  const local = relative(cwd, path);
  return local.startsWith("..") ? path : local;
}
