import { relative } from "node:path";
import { bundleHandlers, type BundledHandlers } from "#authoring/bundle/bundle-handlers.ts";
import { configMapText } from "#authoring/bundle/config-map-text.ts";
import { tooBig } from "#authoring/bundle/too-big.ts";
import { writeDirectory } from "#authoring/bundle/write-directory.ts";
import { type BundleConfig, type BundleFlags, resolveBundleConfig } from "#config/bundle-config.ts";
import { systemClock } from "#kernel/clock.ts";
import { bundleText } from "./bundle-text.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "../exit-codes.ts";
import { problemLines, warningLines } from "./problem-lines.ts";
import type { Terminal } from "../terminal.ts";

/** Writes or prints what `bundleHandlers` makes. Resolves with the exit code. */
export async function bundle(handlers: readonly string[], flags: BundleFlags, terminal: Terminal): Promise<number> {
  const { cwd } = terminal;
  const resolved = resolveBundleConfig(handlers, flags, cwd);
  if (resolved.type === "invalid") {
    terminal.err(`${resolved.message}\n`);
    return EXIT_USAGE;
  }
  const { config } = resolved;
  const { handlers: directory, only } = config;
  const bundled = await bundleHandlers(systemClock, { directory, prefer: "bundle", only, cwd });
  const problem = bundled.type === "bundled" ? await store(bundled, config, terminal) : problemOf(bundled);
  if (problem === undefined) return EXIT_OK;
  terminal.err(problem);
  return EXIT_FAILED;
}

/** Or why it cannot be done. */
async function store(
  bundled: Extract<BundledHandlers, { type: "bundled" }>,
  { handlers, to, name, namespace }: BundleConfig,
  terminal: Terminal,
): Promise<string | undefined> {
  const { files, warnings } = bundled;
  const problem = tooBig(files, handlers);
  if (problem !== undefined) return `${problem}\n`;
  terminal.err(warningLines(warnings));
  if (to.type === "output") {
    terminal.out(configMapText(files, { name, namespace }, to.format));
    return undefined;
  }
  const written = await writeDirectory(files, { directory: to.directory, handlers });
  if (written.type === "failed") return `${written.message}\n`;
  const directory = relative(terminal.cwd, to.directory) || ".";
  terminal.out(bundleText(bundled, { directory, name, namespace }));
  return undefined;
}

function problemOf(bundled: Exclude<BundledHandlers, { type: "bundled" }>): string {
  return bundled.type === "failed" ? `${bundled.message}\n` : problemLines(bundled.problems);
}
