import type { AddCommand } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";
import type { NewFlags } from "./run-new.ts";

export const addNew: AddCommand = (program, terminal, end) => {
  program
    .command("new")
    .summary("writes a handler file, typed")
    .description(
      "Writes a handler file, typed. The event is added, updated, deleted or changed, which is all three. " +
        "For example pod-added, deployment-changed, certificate.cert-manager.io-updated.",
    )
    .argument("<kind-event>", "what it listens to")
    .addOption(handlersOption().default("handlers"))
    .action(async (name: string, flags: NewFlags) => {
      const { createHandler } = await import("./run-new.ts");
      end(await createHandler(name, flags, terminal));
    });
};
