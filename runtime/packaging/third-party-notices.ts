import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The licences of these packages and of all that they depend on: they are inside a bundle, so nothing else brings them. */
export function thirdPartyNotices(packages: readonly string[]): string {
  const found = new Map<string, Package>();
  for (const name of packages) collect(name, import.meta.filename, found);
  const sections = Array.from(found, ([name, { version, folder }]) => {
    return `## ${name} ${version}\n\n${licenceIn(folder).trim()}\n`;
  });
  return ["# Software inside guest-program.cjs\n", ...sections].join("\n");
}

interface Package {
  readonly version: string;
  readonly folder: string;
}

interface PackageJson {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** @param importer the file from which Node would look for the package */
function collect(name: string, importer: string, found: Map<string, Package>): void {
  if (found.has(name)) return;
  const file = createRequire(importer).resolve(`${name}/package.json`);
  const { version, dependencies = {} }: PackageJson = JSON.parse(readFileSync(file, "utf8"));
  found.set(name, { version, folder: dirname(file) });
  for (const dependency of Object.keys(dependencies)) collect(dependency, file, found);
}

function licenceIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`Cannot write the third-party notices: "${folder}" has no licence file`);
  return readFileSync(join(folder, file), "utf8");
}
