import type { AddCommand } from "./command.ts";
import { exampleText, option } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";
import type { CheckFlags } from "../run/run-check.ts";

export const addCheck: AddCommand = (program, terminal, end) => {
  program
    .command("check")
    .summary("builds and loads every handler, for CI")
    .description(
      "Builds and loads every handler, and prints what each watches and needs. With a cluster also the events that come first, the memory of the caches, and missing rights. Fails on any problem.",
    )
    .addOption(handlersOption().default("handlers"))
    .addOption(
      option("-o, --output <format>", "table, wide or json (default: table)")
        .choices(["table", "wide", "json"])
        .default("table"),
    )
    .addOption(
      option("--kubeconfig <file>", "kubeconfig of a cluster to ask for kinds, objects and rights (default: none)"),
    )
    .addOption(option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addOption(option("-n, --namespace <name>", "namespace that handlers watch that name none (default: all)"))
    .addHelpText("after", exampleText("informd check", "informd check --kubeconfig ~/.kube/config -o wide"))
    .action(async (flags: CheckFlags) => {
      const { check } = await import("../run/run-check.ts");
      end(await check(flags, terminal));
    });
};
