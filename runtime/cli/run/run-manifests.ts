import { type MadeManifests, makeManifests } from "#authoring/manifests/make-manifests.ts";
import { type ManifestsConfig, type ManifestsFlags, resolveManifestsConfig } from "#config/manifests-config.ts";
import { systemClock } from "#kernel/clock.ts";
import { VERSION } from "#observability/version.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import { DEFINITION_FILES, givenTexts } from "./given-texts.ts";
import { interruptible } from "./interruptible.ts";
import { problemLines, warningLines } from "./problem-lines.ts";
import { shellWord } from "#kernel/shell-word.ts";
import type { Terminal } from "../terminal.ts";

/** Prints the manifests. Resolves with the exit code. */
export async function manifests(flags: ManifestsFlags, terminal: Terminal): Promise<number> {
  const resolved = resolveManifestsConfig(flags, { cwd: terminal.cwd, version: VERSION.informd });
  if (resolved.type === "invalid") {
    terminal.err(`${resolved.message}\n`);
    return EXIT_USAGE;
  }
  return interruptible(terminal, async (signal) => {
    const made = await make(resolved.config, commandLine(flags), terminal, signal);
    if (made.type === "made") {
      terminal.err(warningLines(made.warnings));
      terminal.out(made.text);
    } else terminal.err(made.type === "failed" ? `${made.message}\n` : problemLines(made.problems));
    return made.type === "made" ? EXIT_OK : EXIT_FAILED;
  });
}

async function make(
  config: ManifestsConfig,
  command: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<MadeManifests> {
  const read = config.crds.length === 0 ? undefined : await givenTexts(config.crds, DEFINITION_FILES, terminal);
  if (read?.type === "failed") return read;
  const deps = { clock: systemClock, version: VERSION.informd, environment: terminal.environment };
  return makeManifests(deps, { config, definitions: read?.texts, command }, signal);
}

/** What made them, without what goes without saying. */
function commandLine(flags: ManifestsFlags): string {
  const said = Object.entries(flags).flatMap(([name, value]: readonly [string, FlagValue]) => {
    if (typeof value === "boolean") return value ? [flagOf(name)] : [];
    return [value].flat().map((text) => `${flagOf(name)} ${shellWord(text)}`);
  });
  return ["informd manifests", ...said].join(" ");
}

type FlagValue = string | boolean | readonly string[];

/** `watchNamespace` is `--watch-namespace`. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
