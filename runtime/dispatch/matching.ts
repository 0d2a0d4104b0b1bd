import type { RawObject } from "#resources/raw-object.ts";
import type { DispatchOptions } from "./dispatch-options.ts";

/** Which objects are a handler's. Decided on the header: no byte of the object is read. */
export interface Scope {
  /** In the namespaces, whatever the selector says. */
  watches(namespace: string): boolean;
  matches(object: RawObject): boolean;
}

export function createScope({ namespaces, names, selector }: DispatchOptions): Scope {
  const watched = namespaces && new Set(namespaces);
  const isNamed = nameMatcher(names);
  const watches = (namespace: string): boolean => watched === undefined || watched.has(namespace);
  return {
    watches,
    matches: ({ namespace, name, labels }) => watches(namespace) && isNamed(name) && selector.matches(labels),
  };
}

/** Exact names and prefixes written `web-*`; none at all match every name. */
export function nameMatcher(names: readonly string[]): (name: string) => boolean {
  const exact = new Set(names.filter((name) => !name.endsWith("*")));
  const prefixes = names.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  return (name) => names.length === 0 || exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
