import { formatBytes } from "#kernel/format-bytes.ts";
import type { BundledFile } from "./bundled-file.ts";
import { bytesOf, MAX_BYTES } from "./size-limit.ts";

/** As many as help to decide. */
const LISTED = 10;

/** Why the files do not fit into one ConfigMap, and what to do. `undefined`: they do. @param directory for the message */
export function tooBig(files: readonly BundledFile[], directory: string): string | undefined {
  const bytes = bytesOf(files);
  if (bytes <= MAX_BYTES) return undefined;
  const alone = files.filter((file) => file.bytes > MAX_BYTES);
  return [
    `Cannot bundle handlers of "${directory}": they need ${formatBytes(bytes)}, and a ConfigMap holds ${formatBytes(MAX_BYTES)}. The biggest:`,
    ...files
      .toSorted((a, b) => b.bytes - a.bytes)
      .slice(0, LISTED)
      .map(lineOf),
    ...(files.length > LISTED ? [`  and ${files.length - LISTED} more`] : []),
    ...sharedPackages(files),
    alone.length > 0
      ? `${alone.map(({ source }) => `"${source}"`).join(", ")} alone ${alone.length === 1 ? "is" : "are"} too big: import a lighter package there.`
      : "Import a lighter package, or split them: informd bundle HANDLER... --out DIR --name NAME makes a part; a projected volume mounts several ConfigMaps as one directory.",
  ].join("\n");
}

function lineOf({ source, bytes, packages }: BundledFile): string {
  const brought = packages.slice(0, 3).map(({ name, bytes: size }) => `${name} ${formatBytes(size)}`);
  return `  ${source}: ${formatBytes(bytes)}${brought.length > 0 ? `, of it ${brought.join(", ")}` : ""}`;
}

/** What is there more than once, the most wasteful first. */
function sharedPackages(files: readonly BundledFile[]): string[] {
  const all = files.flatMap(({ packages }) => packages);
  return [...Map.groupBy(all, ({ name }) => name)]
    .map(([name, copies]) => ({ name, times: copies.length, bytes: copies.reduce((sum, copy) => sum + copy.bytes, 0) }))
    .filter(({ times }) => times > 1)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(
      ({ name, times, bytes }) =>
        `"${name}" is in ${times} of them, ${formatBytes(bytes)} in all: a file that exports several handlers, [on(...), on(...)], has it once.`,
    );
}
