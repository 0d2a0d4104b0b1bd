import type { BundledHandlers } from "#authoring/bundle/bundle-handlers.ts";
import { MAX_BYTES } from "#authoring/bundle/size-limit.ts";
import { formatBytes } from "#kernel/format-bytes.ts";
import { columns } from "./columns.ts";

/** Of each file. */
const PACKAGES_SHOWN = 3;

interface Where {
  /** As seen from the working directory. */
  readonly directory: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What was written, and the line that applies it. */
export function bundleText(
  { files, bytes, isMinified }: Extract<BundledHandlers, { type: "bundled" }>,
  { directory, name, namespace }: Where,
): string {
  const rows = files.map(({ key, bytes: size, packages }) => [
    key,
    formatBytes(size),
    packages
      .slice(0, PACKAGES_SHOWN)
      .map((one) => `${one.name} ${formatBytes(one.bytes)}`)
      .join(", "),
  ]);
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  const minified = isMinified ? ", minified: readable code would not fit" : "";
  return [
    columns([["KEY", "SIZE", "PACKAGES"], ...rows]),
    `${count} in ${directory}: ${formatBytes(bytes)} of the ${formatBytes(MAX_BYTES)} that a ConfigMap holds${minified}\n`,
    `\nNext: ${applyCommand({ directory, name, namespace })}\n`,
  ].join("");
}

function applyCommand({ directory, name, namespace }: Where): string {
  const scope = namespace === undefined ? "" : ` -n ${namespace}`;
  return `kubectl create configmap ${name}${scope} --from-file ${quoted(directory)} --dry-run=client -o yaml | kubectl apply${scope} --server-side -f -`;
}

function quoted(path: string): string {
  return /^[\w./:@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
