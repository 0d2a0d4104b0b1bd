import type { ManifestsFlags } from "#config/manifests-config.ts";
import type { AddCommand } from "./command.ts";
import { option } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";

const EXAMPLES = `
Examples:
  informd manifests --namespace informd | kubectl apply --server-side -f -
  informd manifests --crds crds/ > informd.yaml

What handlers watch is decided by them (their option namespaces), else by
--watch-namespace. Rights in namespaces become Roles there, the rest becomes a
ClusterRole.`;

export const addManifests: AddCommand = (program, terminal, end) => {
  program
    .command("manifests")
    .summary("prints what a cluster needs to run the handlers")
    .description(
      "Prints everything that a cluster needs to run the handlers, as YAML, with exactly the rights that they ask for.",
    )
    .addOption(handlersOption())
    .addOption(option("-n, --namespace <name>", "namespace in which everything is made (default: informd)"))
    .addOption(option("--existing-namespace", "leave the namespace out: it is there, and others may use it"))
    .addOption(
      option("--watch-namespace <name>", "what handlers watch that name no namespaces (default: all namespaces)"),
    )
    .addOption(option("--name <name>", "name of what is made (default: informd)"))
    .addOption(option("--image <image>", "image of the runtime (default: informd of this version)"))
    .addOption(
      option(
        "--load <form>",
        "how handlers are read from their ConfigMap: mount, or api at once, or configmaps: at once from every labelled one (default: mount)",
      ),
    )
    .addOption(
      option("--memory <quantity>", "memory beside the handlers' budgets (default: what 10,000 cached pods need)"),
    )
    .addOption(option("--monitoring", "add what the Prometheus operator reads"))
    .addOption(
      option(
        "--monitoring-label <key=value...>",
        "add it, with labels by which the operator is told to select, such as release=prometheus",
      ),
    )
    .addOption(
      option(
        "--crds <path...>",
        'files or folders with definitions of custom kinds, as informd types takes them; "-" reads standard input',
      ),
    )
    .addOption(
      option(
        "--scope <kind=scope...>",
        "scope of a custom kind without a definition, such as certificates.cert-manager.io=Namespaced, or =Cluster",
      ),
    )
    .addOption(option("--kubeconfig <file>", "kubeconfig of a cluster to ask for kinds (default: none is asked)"))
    .addOption(option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ManifestsFlags) => {
      const { manifests } = await import("../run/run-manifests.ts");
      end(await manifests(flags, terminal));
    });
};
