/** Which caches the handler reads beside its events. */
import type { ResolvedLister, ResolvedOptions } from "../resolved-options.ts";
import type { OptionReader, OptionRecord } from "./option-reader.ts";
import { ITEM_PATH, LABEL_SELECTOR, OWN_NAME, RESOURCE_NAME } from "./text-rules.ts";

type Caches = Pick<ResolvedOptions, "listers" | "indexes">;

const LISTERS = `a list of resource names, or an object such as { web: { resource: "pods", labelSelector: "app=web" } }`;
const LISTER = `an object such as { resource: "pods", labelSelector: "app=web" }`;
const INDEXES = `an object such as { byNode: "spec.nodeName" }`;

export function resolveCaches(reader: OptionReader, options: OptionRecord): Caches {
  return {
    listers: readListers(reader, options.listers),
    indexes: readIndexes(reader, options.indexes),
  };
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
