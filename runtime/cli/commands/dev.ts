import type { DevFlags } from "#config/dev-config.ts";
import type { AddCommand } from "./command.ts";
import { exampleText, option } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";

export const addDev: AddCommand = (program, terminal, end) => {
  program
    .command("dev")
    .summary("runs the handlers while you write them")
    .description(
      "Runs the handlers while you write them: on an embedded cluster, or on a real one without changing it.",
    )
    .addOption(option("--kubeconfig <file>", "use the cluster of this kubeconfig instead of the embedded one"))
    .addOption(option("--context <name>", "use the cluster of this context instead of the embedded one"))
    .addOption(
      option("--live", "let handlers write to a real cluster (default: the API server only checks their writes)"),
    )
    .addOption(
      option("--activity <level>", "what happens by itself in the embedded cluster: off, calm or busy (default: calm)"),
    )
    .addOption(option("-n, --namespace <name>", "namespace to watch (default: all)"))
    .addOption(option("-A, --all-namespaces", "watch all namespaces"))
    .addOption(handlersOption())
    .addOption(option("--log <format>", "pretty or json (default: pretty)"))
    .addOption(option("--state <dir>", "directory for what must last (default: .informd)"))
    .addOption(option("--grace <duration>", "how long running events may take to end after Ctrl-C (default: 1s)"))
    .addHelpText("after", exampleText("informd dev", "informd dev --context kind-test -n web"))
    .action(async (flags: DevFlags) => {
      const { dev } = await import("../run/run-dev.ts");
      end(await dev(flags, terminal));
    });
};
