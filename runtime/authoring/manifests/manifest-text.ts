import { dump } from "js-yaml";
import type { KubeObject } from "./kube-object.ts";

/** As YAML, one document each. @param header lines of comment above them */
export function manifestText(header: readonly string[], objects: readonly KubeObject[]): string {
  const comment = header.map((line) => `# ${line}`.trimEnd());
  const documents = objects.map((object) => dump(object, { lineWidth: -1, noRefs: true }).trimEnd());
  return `${[comment.join("\n"), ...documents].join("\n---\n")}\n`;
}
