/** Writes the TypeScript that gives every built-in resource its types. Pure: `generate.ts` reads and writes the files. */
import { type ApiResource, resourceName } from "#resources/api-resource.ts";

const HEADER = "// Written by generate.ts beside it; do not edit.\n";
const EVENTS = ["Added", "Updated", "Deleted", "Unselected", "Changed"] as const;

interface TypedResource {
  readonly resource: ApiResource;
  /** The class of client-node that describes the object. */
  readonly model: string;
}

/** The interface with an entry for every name of every resource that has a model. */
export function resourcesSource(resources: readonly ApiResource[], models: ReadonlySet<string>): string {
  const typed = withModels(resources, models);
  const entries = new Map<string, string>();
  for (const one of typed) {
    for (const name of namesOf(one.resource)) {
      // The first group that has a name keeps it, as in kubectl; discovery lists the preferred one first.
      if (!entries.has(name)) entries.set(name, liveObject(one));
    }
  }
  const lines = Array.from(entries, ([name, type]) => `  ${propertyName(name)}: ${type};\n`);
  return [
    HEADER,
    importModels(typed),
    `import type { Wire } from "./wire.ts";\n\n`,
    `/** Live objects by every name that kubectl takes for their resource. */\n`,
    `export interface BuiltInResources {\n${lines.join("")}}\n`,
  ].join("");
}

/** `PodAdded`, `PodUpdated`, … for every kind. */
export function eventsSource(resources: readonly ApiResource[], models: ReadonlySet<string>): string {
  const typed = withModels(resources, models);
  const kinds = typed.filter(
    (one, at) => typed.findIndex(({ resource }) => resource.kind === one.resource.kind) === at,
  );
  const lines = kinds.flatMap(({ resource: { kind, group, plural } }) => {
    const object = `Resources[${JSON.stringify(resourceName({ group, plural }))}]`;
    return EVENTS.map((event) => `export type ${kind}${event} = ${event}Event<${object}>;\n`);
  });
  const names = EVENTS.map((event) => `${event}Event`).sort();
  return [
    HEADER,
    `import type { ${names.join(", ")} } from "./events.ts";\n`,
    `import type { Resources } from "./resources.ts";\n\n`,
    ...lines,
  ].join("");
}

function withModels(resources: readonly ApiResource[], models: ReadonlySet<string>): TypedResource[] {
  const listable = resources.filter(({ verbs }) => verbs.includes("watch"));
  return listable.flatMap((resource) => {
    const model = modelNames(resource).find((name) => models.has(name));
    return model === undefined ? [] : [{ resource, model }];
  });
}

/** Client-node puts the group in front where two groups have the same kind: `CoreV1Event`. */
function modelNames({ group, version, kind }: ApiResource): readonly string[] {
  const [first = ""] = (group || "core").split(".");
  return [`${capitalized(first)}${capitalized(version)}${kind}`, `${capitalized(version)}${kind}`];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Every name that kubectl takes for it. */
export function namesOf(resource: ApiResource): readonly string[] {
  const { group, version, plural, singular, kind, shortNames } = resource;
  const types = [plural, singular, ...shortNames, kind];
  const inGroup = group === "" ? [] : types.map((type) => `${type}.${group}`);
  const inVersion = group === "" ? [] : [`${plural}.${version}.${group}`];
  return [...types, ...inGroup, ...inVersion];
}

function liveObject({ resource, model }: TypedResource): string {
  return resource.namespaced ? `Wire<${model}>` : `Wire<${model}, false>`;
}

/** As it stands in a type: quoted where it must be. */
export function propertyName(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : quotedText(name);
}

/** A literal as formatters write it: in double quotes, unless single ones need fewer backslashes. */
export function quotedText(text: string): string {
  const quoted = JSON.stringify(text);
  if (text.split('"').length <= text.split("'").length) return quoted;
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function importModels(typed: readonly TypedResource[]): string {
  const names = [...new Set(typed.map(({ model }) => model))].sort();
  return `import type {\n${names.map((name) => `  ${name},\n`).join("")}} from "@kubernetes/client-node";\n`;
}
