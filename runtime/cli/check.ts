import type { AddCommand } from "./command.ts";
import { option } from "./command.ts";
import type { CheckFlags } from "./run-check.ts";

export const addCheck: AddCommand = (program, terminal, end) => {
  program
    .command("check")
    .description("builds and loads every handler, and prints what each watches and needs")
    .addOption(option("--handlers <dir>", "directory of the handler files").default("handlers"))
    .addOption(option("-o, --output <format>", "how to print").choices(["table", "json"]).default("table"))
    .action(async (flags: CheckFlags) => {
      const { check } = await import("./run-check.ts");
      end(await check(flags, terminal));
    });
};
