import type { AddCommand } from "./command.ts";
import { option } from "./command.ts";
import { handlersOption } from "./handlers-option.ts";
import type { CheckFlags } from "./run-check.ts";

export const addCheck: AddCommand = (program, terminal, end) => {
  program
    .command("check")
    .summary("builds and loads every handler, for CI")
    .description("Builds and loads every handler, and prints what each watches and needs. Fails on any problem.")
    .addOption(handlersOption().default("handlers"))
    .addOption(
      option("-o, --output <format>", "table or json (default: table)").choices(["table", "json"]).default("table"),
    )
    .action(async (flags: CheckFlags) => {
      const { check } = await import("./run-check.ts");
      end(await check(flags, terminal));
    });
};
