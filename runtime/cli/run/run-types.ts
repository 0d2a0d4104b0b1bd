import { relative } from "node:path";
import { type MadeTypes, makeTypes, type TypesOrigin } from "#authoring/custom-types/make-types.ts";
import { writeTypes } from "#authoring/custom-types/write-types.ts";
import { resolveTypesConfig, type TypesConfig, type TypesFlags, type TypesFrom } from "#config/types-config.ts";
import { systemClock } from "#kernel/clock.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import { shellWord } from "#kernel/shell-word.ts";
import { DEFINITION_FILES, givenTexts } from "./given-texts.ts";
import { interruptible } from "./interruptible.ts";

/** Writes or prints the types of custom resources. Resolves with the exit code. */
export async function types(names: readonly string[], flags: TypesFlags, terminal: Terminal): Promise<number> {
  const { cwd, environment } = terminal;
  const resolved = resolveTypesConfig(flags, cwd);
  if (resolved.type === "invalid") {
    terminal.err(`${resolved.message}\n`);
    return EXIT_USAGE;
  }
  const { config } = resolved;
  return interruptible(terminal, async (signal) => {
    const origin = await readOrigin(config.from, terminal);
    const deps = { clock: systemClock, environment };
    const made =
      origin.type === "failed"
        ? origin
        : await makeTypes(deps, { origin, names, command: commandLine(names, flags) }, signal);
    const problem = made.type === "made" ? await store(made, config, terminal) : made.message;
    if (problem === undefined) return EXIT_OK;
    terminal.err(`${problem}\n`);
    return EXIT_FAILED;
  });
}

async function readOrigin(
  from: TypesFrom,
  terminal: Terminal,
): Promise<TypesOrigin | Extract<MadeTypes, { type: "failed" }>> {
  if (from.type === "cluster") return { type: "cluster", cluster: from };
  const read = await givenTexts(from.paths, DEFINITION_FILES, terminal);
  return read.type === "failed" ? read : { type: "definitions", texts: read.texts };
}

/** Or why it cannot be done. */
async function store(
  { text, resources, warnings }: Extract<MadeTypes, { type: "made" }>,
  { out }: TypesConfig,
  terminal: Terminal,
): Promise<string | undefined> {
  terminal.err(warnings.map((warning) => `warning: ${warning}\n`).join(""));
  if (out === undefined) {
    terminal.out(text);
    return undefined;
  }
  const written = await writeTypes(out, text);
  if (written.type === "failed") return written.message;
  const verb = written.type === "written" ? "wrote" : "unchanged";
  terminal.out(`${verb} ${relative(terminal.cwd, out)}: ${resources.join(", ")}\n`);
  return undefined;
}

function commandLine(names: readonly string[], { crds = [], kubeconfig, context, handlers, out }: TypesFlags): string {
  const paths = crds.map((path) => `--crds ${shellWord(path)}`);
  const values = Object.entries({ kubeconfig, context, handlers, out }).flatMap(([name, value]) =>
    value === undefined || value === "-" ? [] : [`--${name} ${shellWord(value)}`],
  );
  return ["informd types", ...names.map(shellWord), ...paths, ...values].join(" ");
}
