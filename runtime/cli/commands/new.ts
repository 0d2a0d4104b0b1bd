import type { AddCommand } from "./command.ts";
import { exampleText } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";
import type { NewFlags } from "../run/run-new.ts";

export const addNew: AddCommand = (program, terminal, end) => {
  program
    .command("new")
    .summary("writes a handler file, typed")
    .description("Writes a handler file, typed. The event is added, updated, deleted or changed, which is all three.")
    .argument("<kind-event>", "what it listens to")
    .addOption(handlersOption().default("handlers"))
    .addHelpText(
      "after",
      exampleText("informd new pod-added", "informd new certificate.cert-manager.io-updated --handlers ops/handlers"),
    )
    .action(async (name: string, flags: NewFlags) => {
      const { createHandler } = await import("../run/run-new.ts");
      end(await createHandler(name, flags, terminal));
    });
};
