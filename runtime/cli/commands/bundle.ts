import type { BundleFlags } from "#config/bundle-config.ts";
import type { AddCommand } from "./command.ts";
import { exampleText, option } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";

export const addBundle: AddCommand = (program, terminal, end) => {
  program
    .command("bundle")
    .summary("makes self-contained handler files for a ConfigMap")
    .description(
      "Makes one self-contained file of each handler file, with a name that a ConfigMap takes as a key: there are no npm packages and no folders in it. Prints how to apply them.",
    )
    .argument("[handler...]", "ids or files of the handlers (default: all)")
    .addOption(handlersOption().default("handlers"))
    .addOption(option("--out <dir>", "directory to write, which then holds nothing else (default: dist/handlers)"))
    .addOption(
      option("-o, --output <format>", "print the ConfigMap as yaml or json (default: write files)").choices([
        "yaml",
        "json",
      ]),
    )
    .addOption(option("--name <name>", "name of the ConfigMap (default: informd-handlers)").default("informd-handlers"))
    .addOption(option("-n, --namespace <name>", "namespace of the ConfigMap (default: the one of kubectl)"))
    .addHelpText(
      "after",
      exampleText(
        "informd bundle --name web-handlers -n informd",
        "informd bundle -o yaml | kubectl apply --server-side -f -",
      ),
    )
    .action(async (handlers: string[], flags: BundleFlags) => {
      const { bundle } = await import("../run/run-bundle.ts");
      end(await bundle(handlers, flags, terminal));
    });
};
