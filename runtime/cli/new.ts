import type { AddCommand } from "./command.ts";
import { option } from "./command.ts";
import type { NewFlags } from "./run-new.ts";

export const addNew: AddCommand = (program, terminal, end) => {
  program
    .command("new")
    .description("writes a typed handler file")
    .argument("<kind>-<event>", 'what it listens to, for example "pod-added" or "certificate.cert-manager.io-changed"')
    .addOption(option("--handlers <dir>", "directory of the handler files").default("handlers"))
    .action(async (name: string, flags: NewFlags) => {
      const { createHandler } = await import("./run-new.ts");
      end(await createHandler(name, flags, terminal));
    });
};
