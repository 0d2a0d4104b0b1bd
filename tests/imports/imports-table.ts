import type { PackageUse } from "./package-use.ts";
import type { EngineTrial, Trial } from "./try-package.ts";

export interface TableRow {
  readonly use: PackageUse;
  readonly version: string;
  readonly trial: Trial;
}

/** docs/imports.md. */
export function importsDocument(rows: readonly TableRow[]): string {
  const lines = rows.map(rowText);
  return `# Packages that handlers can import

What a handler imports from npm is bundled into it. This table is made by \`npm run imports\`: it installs each package, bundles a small handler that uses it, and runs that in both [engines](capabilities.md#engines).
Other versions of a package, and other parts of it, may do otherwise. Where no built-in module of Node's is missing, a package that is not listed works as a rule.

| package | version | bundle | works | |
| --- | --- | --- | --- | --- |
${lines.join("\n")}

A handler has no TCP, files and child processes in either engine: a package whose work needs them cannot do it ([globals and imports](capabilities.md#globals-and-imports)). A larger bundle takes longer to load with vm2, which parses it itself.
`;
}

function rowText({ use: { name, note }, version, trial }: TableRow): string {
  const size = trial.type === "built" ? `${Math.ceil(trial.bytes / 1024)} KiB` : "";
  const { verdict, why } = verdictOf(trial);
  return `| \`${name}\` | ${version} | ${size} | ${verdict} | ${[why, note].filter(Boolean).join("; ")} |`;
}

function verdictOf(trial: Trial): { readonly verdict: string; readonly why: string } {
  if (trial.type === "unbuilt") {
    const [, builtIn] = /^Cannot import "(.*?)" in a handler/.exec(trial.reason) ?? [];
    return { verdict: "no", why: builtIn === undefined ? cellText(trial.reason) : `it imports \`${builtIn}\`` };
  }
  const { vm2, process } = trial;
  if (vm2.type === "works") {
    return { verdict: "yes", why: process.type === "works" ? "" : `only with vm2: ${reasonText(process)}` };
  }
  if (process.type === "works") return { verdict: '`engine: "process"`', why: `with vm2: ${reasonText(vm2)}` };
  return { verdict: "no", why: reasonText(process) };
}

function reasonText(trial: EngineTrial): string {
  return trial.type === "fails" ? cellText(trial.reason) : "";
}

/** In one line of a table, without what the row says anyway. */
function cellText(reason: string): string {
  return reason
    .replace(/; option engine: .*/, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll("|", "\\|")
    .slice(0, 160);
}
