/** The text of a new handler file: small, typed, and of use at once. Pure. */
import { needsFilter } from "#handler-api/option-groups/resolve-scope.ts";
import type { FileEvent } from "#loader/file-name.ts";

export interface TemplateSubject {
  /** As the API has it: `Pod`. */
  readonly kind: string;
  /** For the types: `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly scope: "namespaced" | "cluster" | "unknown";
  /** `informd` exports `PodAdded` and so on for it. */
  readonly hasEventTypes: boolean;
}

/** A handler file for one kind and event. It compiles, loads and runs as it is. */
export function handlerTemplate(subject: TemplateSubject, event: FileEvent): string {
  const { kind, resource, scope } = subject;
  const noun = words(kind);
  const what: Noun = { noun, own: scope === "cluster" ? "name" : "name, namespace", scope };
  const types = eventTypes(subject, event);
  const parameters = [`event: ${types.event}`, `{ log }: HandlerContext<"${resource}">`];
  return `// ${INTRODUCTIONS[event](withArticle(noun))}
import type { ${[...types.imports, "HandlerContext"].sort().join(", ")} } from "informd";
${needsFilter(resource) ? FILTER : ""}
${signature(functionName(kind, event), parameters)} {
  const { ${what.own} } = event.object.metadata;
${BODIES[event](what)}
}
`;
}

interface Noun {
  readonly noun: string;
  /** What names the object. */
  readonly own: string;
  readonly scope: TemplateSubject["scope"];
}

const INTRODUCTIONS: Readonly<Record<FileEvent, (noun: string) => string>> = {
  added: (noun) => `Runs when ${noun} comes. \`event.cause\` is \`initial\` for those that were there before.`,
  updated: (noun) => `Runs when ${noun} changes. \`event.old\` is what this handler finished last.`,
  deleted: (noun) => `Runs when ${noun} is gone. \`event.object\` is its last known state.`,
  changed: (noun) => `Runs when ${noun} comes, changes or goes.`,
};

/** Kinds that are secret, or of which there are many. */
const FILTER = `
export const config = { namespaces: ["default"] };
`;

const BODIES: Readonly<Record<FileEvent, (what: Noun) => string>> = {
  added: ({ noun, own, scope }) => {
    const query = scope === "namespaced" ? "{ namespace }" : "";
    return `  // The second argument has a lister too: lister.list(${query}) reads the cache.
  log.info("${noun} added", { ${own} });`;
  },
  updated: ({ noun, own }) => `  const before = new Map<string, unknown>(Object.entries(event.old));
  const changed = Object.entries(event.object).filter(([part, now]) => !isSame(now, before.get(part)));
  log.info("${noun} updated", { ${own}, changed: changed.map(([part]) => part) });
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);`,
  deleted: ({ noun, own }) => `  // True if the last change was missed while the connection was down.
  const { finalStateUnknown } = event;
  log.info("${noun} deleted", { ${own}, finalStateUnknown });`,
  changed: ({ noun, own }) => `  switch (event.type) {
    case "added":
      return log.info("${noun} added", { ${own} });
    case "updated": {
      const [from, to] = [event.old, event.object].map(({ metadata }) => metadata.resourceVersion);
      return log.info("${noun} updated", { ${own}, from, to });
    }
    case "deleted":
      return log.info("${noun} deleted", { ${own} });
  }`,
};

/** `PodAdded`, or `AddedEvent<ObjectOf<"…">>` where there is no such type. */
function eventTypes(
  { kind, resource, hasEventTypes }: TemplateSubject,
  event: FileEvent,
): { readonly event: string; readonly imports: readonly string[] } {
  const Event = capitalized(event);
  if (hasEventTypes) return { event: `${kind}${Event}`, imports: [`${kind}${Event}`] };
  return { event: `${Event}Event<ObjectOf<"${resource}">>`, imports: [`${Event}Event`, "ObjectOf"] };
}

/** `PersistentVolumeClaim` → `persistent volume claim`, `CSIDriver` → `CSI driver`. */
function words(kind: string): string {
  const parts = kind.match(WORD) ?? [kind];
  return parts.map((part) => (part === part.toUpperCase() ? part : part.toLowerCase())).join(" ");
}

const LINE_LENGTH = 120;

function signature(name: string, parameters: readonly string[]): string {
  const line = `export default async function ${name}(${parameters.join(", ")})`;
  if (line.length + " {".length <= LINE_LENGTH) return line;
  return `export default async function ${name}(\n${parameters.map((one) => `  ${one},\n`).join("")})`;
}

function functionName(kind: string, event: FileEvent): string {
  const [first = "", ...rest] = kind.match(WORD) ?? [kind];
  return `${first.toLowerCase()}${rest.join("")}${capitalized(event)}`;
}

const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g;

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
