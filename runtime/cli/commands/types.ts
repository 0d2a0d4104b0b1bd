import type { TypesFlags } from "#config/types-config.ts";
import type { AddCommand } from "./command.ts";
import { exampleText, option } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";

export const addTypes: AddCommand = (program, terminal, end) => {
  program
    .command("types")
    .summary("writes the types of custom resources")
    .description(
      "Writes the types of custom resources for the handlers' editor and compiler: of a cluster, or of CustomResourceDefinitions in files.",
    )
    .argument("[resource...]", "resources or API groups, such as cert-manager.io (default: all custom ones)")
    .addOption(option("--crds <path...>", 'files or folders with definitions; "-" reads standard input'))
    .addOption(option("--kubeconfig <file>", "kubeconfig of the cluster (default: where kubectl finds it)"))
    .addOption(option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addOption(handlersOption())
    .addOption(
      option("--out <file>", 'file to write; "-" prints it (default: informd-types.d.ts in the handlers directory)'),
    )
    .addHelpText(
      "after",
      exampleText(
        "informd types --context staging",
        "informd types certificates.cert-manager.io --context staging",
        "informd types --crds crds/",
        "helm template . | informd types --crds -",
      ),
    )
    .action(async (names: string[], flags: TypesFlags) => {
      const { types } = await import("../run/run-types.ts");
      end(await types(names, flags, terminal));
    });
};
