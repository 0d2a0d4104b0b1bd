import assert from "node:assert/strict";
import { test } from "node:test";
import { Command, CommanderError } from "commander";
import { option } from "../../runtime/cli/commands/command.ts";
import { readVariables } from "../../runtime/cli/variables.ts";

/** The flags that a command sees. Commander itself reads `process.env`. */
function flagsOf(variables: Readonly<Record<string, string>>, ...args: readonly string[]): object {
  Object.assign(process.env, variables);
  try {
    let seen: object = {};
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    program.hook("preAction", (_program, command) => readVariables(command, process.env));
    program
      .command("start")
      .addOption(option("--watch", ""))
      .addOption(option("-n, --namespace <name>", ""))
      .addOption(option("-A, --all-namespaces", ""))
      .addOption(option("--kubeconfig <file>", ""))
      .addOption(option("--context <name>", ""))
      .addOption(option("--cache <path...>", ""))
      .addOption(option("--handlers <dir>", "").default("handlers"))
      .action((flags: object) => {
        seen = flags;
      });
    program.parse(["start", ...args], { from: "user" });
    return JSON.parse(JSON.stringify(seen)) as object;
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}

test("INFORMD_WATCH=true stands for --watch; false and 0 do not", () => {
  assert.deepEqual(flagsOf({ INFORMD_WATCH: "true" }), { watch: true, handlers: "handlers" });
  for (const no of ["false", "0"]) assert.deepEqual(flagsOf({ INFORMD_WATCH: no }), { handlers: "handlers" });
});

test("INFORMD_WATCH with another value is a mistake that names the variable", () => {
  assert.throws(
    () => flagsOf({ INFORMD_WATCH: "maybe" }),
    (error) => error instanceof CommanderError && error.message.includes('INFORMD_WATCH is "maybe"'),
  );
});

test("an empty variable is none: the default counts", () => {
  assert.deepEqual(flagsOf({ INFORMD_HANDLERS: "", INFORMD_NAMESPACE: "" }), { handlers: "handlers" });
});

test("--all-namespaces beats INFORMD_NAMESPACE, and --namespace beats INFORMD_ALL_NAMESPACES", () => {
  assert.deepEqual(flagsOf({ INFORMD_NAMESPACE: "prod" }, "-A"), { allNamespaces: true, handlers: "handlers" });
  assert.deepEqual(flagsOf({ INFORMD_ALL_NAMESPACES: "1" }, "-n", "prod"), { namespace: "prod", handlers: "handlers" });
});

test("files on the command line beat variables that name a cluster, and a cluster there beats files in a variable", () => {
  const cluster = { INFORMD_KUBECONFIG: "k", INFORMD_CONTEXT: "c" };
  assert.deepEqual(flagsOf(cluster, "--cache", "a", "b"), { cache: ["a", "b"], handlers: "handlers" });
  assert.deepEqual(flagsOf({ INFORMD_CACHE: "a" }, "--context", "c"), { context: "c", handlers: "handlers" });
  assert.deepEqual(flagsOf({ INFORMD_CACHE: "a" }), { cache: ["a"], handlers: "handlers" });
});
