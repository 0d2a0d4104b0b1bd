import type { StartFlags } from "#config/runtime-config.ts";
import type { AddCommand } from "./command.ts";
import { exampleText, option } from "./command.ts";

export const addStart: AddCommand = (program, terminal, end) => {
  program
    .command("start")
    .summary("runs the handlers in production")
    .description("Runs the handlers on a cluster's events until SIGTERM.")
    .addOption(
      option(
        "--kubeconfig <file>",
        "kubeconfig to use (default: $KUBECONFIG, ~/.kube/config, or the pod's service account)",
      ),
    )
    .addOption(option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addOption(option("-n, --namespace <name>", "namespace to watch (default: all)"))
    .addOption(option("-A, --all-namespaces", "watch all namespaces"))
    .addOption(
      option(
        "--handlers <place>",
        "directory of the handler files, configmap/NAMESPACE/NAME, or configmaps (default: handlers)",
      ),
    )
    .addOption(
      option(
        "--mounted-map <name...>",
        "ConfigMap that the directory is mounted from: handlers may write the namespace's others (default: unknown, and they write none)",
      ),
    )
    .addOption(option("--watch", "swap a handler's code when its file is saved"))
    .addOption(option("--log <format>", "json or pretty (default: json)"))
    .addOption(option("--state <dir>", "directory for what must last (default: .informd)"))
    .addOption(option("--grace <duration>", "how long running events may take to end after SIGTERM (default: 30s)"))
    .addOption(
      option(
        "--listen <address>",
        "HOST:PORT for health and metrics, or none (default: 127.0.0.1:0, a free port; in a cluster :8080)",
      ),
    )
    .addHelpText(
      "after",
      exampleText(
        "informd start --handlers handlers --context production -n web",
        "informd start --handlers /etc/informd/handlers --listen 0.0.0.0:8080",
      ),
    )
    .action(async (flags: StartFlags) => {
      const { start } = await import("../run/run-start.ts");
      end(await start(flags, terminal));
    });
};
