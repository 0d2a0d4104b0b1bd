import type { AddCommand } from "./command.ts";
import { exampleText, option } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";
import type { InvokeFlags } from "../run/invoke-flags.ts";

export const addInvoke: AddCommand = (program, terminal, end) => {
  program
    .command("invoke")
    .summary("runs one handler once, and shows all that comes of it")
    .description("Runs one handler once, on an object from a file or from a cluster, and shows all that comes of it.")
    .argument("<handler>", "id or file of the handler")
    .addOption(
      option(
        "--object <file>",
        'the object, YAML or JSON; "-" reads standard input (default: the newest one in --cache, or in the cluster)',
      ),
    )
    .addOption(option("--old <file>", "the object before, for updated (default: the same)"))
    .addOption(
      option(
        "--cache <path...>",
        'files or folders with the objects that its listers hold, in the place of a cluster\'s; "-" reads standard input',
      ),
    )
    .addOption(
      option(
        "--event <type>",
        "what happened: added, updated or deleted (default: what the handler listens to)",
      ).choices(["added", "updated", "deleted"]),
    )
    .addOption(
      option(
        "--kubeconfig <file>",
        "kubeconfig of the cluster (default without --object and --cache: where kubectl finds it)",
      ),
    )
    .addOption(option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addOption(option("-n, --namespace <name>", "namespace to read (default: all)"))
    .addOption(
      option("--live", "let the handler write to the cluster (default: the API server only checks its writes)"),
    )
    .addOption(handlersOption().default("handlers"))
    .addOption(
      option("-o, --output <format>", "text or json (default: text)").choices(["text", "json"]).default("text"),
    )
    .addHelpText(
      "after",
      exampleText(
        "informd invoke pod-added --object pod.yaml",
        "kubectl get pod web-1 -o yaml | informd invoke pod-added --object -",
        "informd invoke pod-added --object pod.yaml --cache fixtures/",
        "informd invoke pod-added --context kind-test -n web",
      ),
    )
    .action(async (handler: string, flags: InvokeFlags) => {
      const { invoke } = await import("../run/run-invoke.ts");
      end(await invoke(handler, flags, terminal));
    });
};
