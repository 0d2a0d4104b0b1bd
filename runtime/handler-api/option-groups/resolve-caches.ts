/** Which caches the handler reads beside its events. */
import type { ResolvedLister, ResolvedOptions } from "../resolved-options.ts";
import type { OptionReader, OptionRecord } from "./option-reader.ts";
import { needsFilter } from "./resolve-scope.ts";
import { ITEM_PATH, LABEL_SELECTOR, OWN_NAME, RESOURCE_NAME } from "./text-rules.ts";

type Caches = Pick<ResolvedOptions, "listers" | "indexes">;

const LISTERS = `a list of resource names, or an object such as { web: { resource: "pods", labelSelector: "app=web" } }`;
const LISTER = `an object such as { resource: "pods", labelSelector: "app=web" }`;
const INDEXES = `an object such as { byNode: "spec.nodeName" }`;

export function resolveCaches(
  reader: OptionReader,
  options: OptionRecord,
  scope: Pick<ResolvedOptions, "namespaces" | "everything">,
): Caches {
  const listers = readListers(reader, options.listers);
  if (scope.namespaces === undefined && !scope.everything) reportUnfiltered(reader, options.listers, listers);
  return { listers, indexes: readIndexes(reader, options.indexes) };
}

function readListers(reader: OptionReader, value: unknown): Record<string, ResolvedLister> {
  if (Array.isArray(value)) {
    const names = reader.texts("listers", value, RESOURCE_NAME) ?? [];
    return Object.fromEntries(names.map((resource) => [resource, { resource, labelSelector: "" }]));
  }
  const entries = Object.entries(reader.record("listers", value, LISTERS));
  return Object.fromEntries(entries.map(([name, one]) => [name, readLister(reader, name, one)]));
}

function readLister(reader: OptionReader, name: string, value: unknown): ResolvedLister {
  const option = `listers.${name}`;
  reader.text(option, name, OWN_NAME);
  const lister = reader.record(option, value ?? null, LISTER);
  reader.knownKeys(lister, ["resource", "labelSelector"], `${option}.`);
  return {
    resource: reader.text(`${option}.resource`, lister.resource ?? null, RESOURCE_NAME),
    labelSelector: reader.text(`${option}.labelSelector`, lister.labelSelector, LABEL_SELECTOR),
  };
}

/** A lister reads as much as a handler is told: neither gets a whole kind of these by omission. */
function reportUnfiltered(reader: OptionReader, value: unknown, listers: Record<string, ResolvedLister>): void {
  for (const [name, { resource, labelSelector }] of Object.entries(listers)) {
    if (labelSelector.trim() !== "" || !needsFilter(resource)) continue;
    const option = Array.isArray(value) ? "listers" : `listers.${name}`;
    reader.report(
      option,
      `a lister of "${resource}" would read every one in the cluster; ` +
        `give it a "labelSelector", or the handler "namespaces", or say everything: true`,
    );
  }
}

function readIndexes(reader: OptionReader, value: unknown): Record<string, string> {
  const entries = Object.entries(reader.record("indexes", value, INDEXES));
  return Object.fromEntries(
    entries.map(([name, path]) => {
      const option = `indexes.${name}`;
      reader.text(option, name, OWN_NAME);
      return [name, reader.text(option, path ?? null, ITEM_PATH)];
    }),
  );
}
