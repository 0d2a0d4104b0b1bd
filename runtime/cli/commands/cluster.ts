import type { AddCommand } from "./command.ts";
import { exampleText, option } from "./command.ts";
import type { ClusterFlags } from "../run/run-cluster.ts";

export const addCluster: AddCommand = (program, terminal, end) => {
  program
    .command("cluster")
    .summary("runs the embedded cluster alone")
    .description("Runs the embedded cluster alone, for kubectl and other programs, until Ctrl-C.")
    .addOption(option("--port <number>", "port on 127.0.0.1 (default: a free one)"))
    .addOption(option("--activity <level>", "what happens in it by itself: off, calm or busy (default: off)"))
    .addOption(option("--state <dir>", "directory for its kubeconfig (default: .informd)"))
    .addHelpText(
      "after",
      exampleText("informd cluster --activity calm", "kubectl --kubeconfig .informd/kubeconfig get pods -A"),
    )
    .action(async (flags: ClusterFlags) => {
      const { cluster } = await import("../run/run-cluster.ts");
      end(await cluster(flags, terminal));
    });
};
