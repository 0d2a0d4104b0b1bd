/**
 * Turns what a handler file says about itself into options that the runtime can rely on. Pure: it knows no cluster, so that
 * whether a resource exists is found out later. Every problem is told, not just the first. The loader calls it.
 */
import type { EventType } from "./events.ts";
import { type OptionProblem, OptionReader } from "./option-groups/option-reader.ts";
import { resolveAllow } from "./option-groups/resolve-allow.ts";
import { resolveCaches } from "./option-groups/resolve-caches.ts";
import { resolveFilters } from "./option-groups/resolve-filters.ts";
import { resolveLimits } from "./option-groups/resolve-limits.ts";
import { resolveScope } from "./option-groups/resolve-scope.ts";
import { OWN_NAME, RESOURCE_NAME } from "./option-groups/text-rules.ts";
import type { HandlerOptions } from "./options.ts";
import type { ResolvedOptions } from "./resolved-options.ts";

export type { OptionProblem } from "./option-groups/option-reader.ts";

export type OptionsResolution =
  | { readonly type: "ok"; readonly options: ResolvedOptions; readonly name: string | undefined }
  | { readonly type: "invalid"; readonly problems: readonly OptionProblem[] };

/** What holds where the options are silent: a file's name says which events it is for. */
export interface OptionDefaults {
  readonly events?: readonly EventType[];
}

/** `options` is `undefined` where there are none. A function in it may be `true`, as it is after JSON. */
export function resolveOptions(resource: unknown, options: unknown, defaults: OptionDefaults = {}): OptionsResolution {
  const reader = new OptionReader();
  const record = reader.record("options", options, `an object such as { events: ["updated"], timeout: "30s" }`);
  reader.knownKeys(record, OPTION_NAMES);
  const resourceName = reader.text("resource", resource ?? null, RESOURCE_NAME);
  const scope = resolveScope(reader, record, resourceName, defaults.events);
  const resolved: ResolvedOptions = {
    resource: resourceName,
    ...scope,
    ...resolveFilters(reader, record, scope.events),
    ...resolveCaches(reader, record, scope),
    allow: resolveAllow(reader, record),
    ...resolveLimits(reader, record),
  };
  const name = reader.text("name", record.name, OWN_NAME);
  if (reader.problems.length > 0) return { type: "invalid", problems: reader.problems };
  return { type: "ok", options: resolved, name: name === "" ? undefined : name };
}

/** An object, so that an option that is missing here does not compile. */
const OPTIONS: Readonly<Record<keyof HandlerOptions, true>> = {
  events: true,
  namespaces: true,
  labelSelector: true,
  names: true,
  fieldSelector: true,
  pushDown: true,
  changed: true,
  generationChanged: true,
  when: true,
  listers: true,
  indexes: true,
  allow: true,
  timeout: true,
  memory: true,
  concurrency: true,
  retry: true,
  resync: true,
  initial: true,
  everything: true,
  engine: true,
  name: true,
};
const OPTION_NAMES = Object.keys(OPTIONS);
