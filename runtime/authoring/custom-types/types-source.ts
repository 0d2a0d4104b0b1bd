/** The file that gives custom resources their types: entries in `Resources`, and an interface for each kind and version. */
import { namesOf, propertyName, quotedText } from "#handler-api/type-source.ts";
import type { JsonRecord } from "#kernel/json-value.ts";
import { type ApiResource, apiVersionOf } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { CustomKind } from "./custom-kind.ts";
import { docComment } from "./doc-comment.ts";
import { descriptionOf, SchemaTypes } from "./schema-type.ts";
import { typeNames } from "./type-names.ts";
import { type Member, plain } from "./type-node.ts";
import { bracesText } from "./type-text.ts";

/** The beginning of every file that `informd types` writes; it overwrites no other. */
export const MADE_BY_TYPES = "// Written by informd types";

/**
 * @param kinds sorted
 * @param custom all custom resources that there are: a name that several have is none of a single one
 * @param command what made it, for the comment on top
 */
export function typesSource(kinds: readonly CustomKind[], custom: readonly ApiResource[], command: string): string {
  const names = typeNames(kinds.map(({ resource }) => resource));
  const interfaces = kinds.flatMap((kind, at) => interfacesOf(kind, names[at] ?? "", names));
  return [
    `${MADE_BY_TYPES}; do not edit. To write it anew: ${command}\n`,
    `import type { LiveMetadata } from "informd";\n`,
    `\ndeclare module "informd" {\n  interface Resources {\n${entries(kinds, names, custom).join("")}  }\n}\n`,
    ...interfaces,
  ].join("");
}

/** Each name of a kind that would find it in a cluster which has these kinds. */
function entries(kinds: readonly CustomKind[], names: readonly string[], custom: readonly ApiResource[]): string[] {
  const known = [...builtInResources, ...custom];
  return kinds.flatMap(({ resource }, at) =>
    [...new Set(namesOf(resource))]
      .filter((name) => isFound(name, resource, known))
      .map((name) => `    ${propertyName(name)}: ${names[at]};\n`),
  );
}

function isFound(name: string, resource: ApiResource, known: readonly ApiResource[]): boolean {
  const resolution = resolveResourceName(name, known);
  return name !== "" && resolution.type === "found" && resolution.resource === resource;
}

/** The parts of an object that handlers pass on have names of their own. */
const PARTS = ["spec", "status"];
/** What every object has. */
const OBJECT_MEMBERS = ["apiVersion", "kind", "metadata"];

function interfacesOf(
  { resource, schema = OPEN, references }: CustomKind,
  name: string,
  taken: readonly string[],
): string[] {
  const types = new SchemaTypes(references);
  const { members, isOpen } = types.membersOf(schema);
  const parts: string[] = [];
  const own = members
    .filter((member) => !OBJECT_MEMBERS.includes(member.name))
    .map((member): Member => {
      const partName = `${name}${capitalized(member.name)}`;
      if (member.value.type !== "object" || !PARTS.includes(member.name) || taken.includes(partName)) return member;
      parts.push(interfaceText(partName, member.value, member.description));
      return { ...member, value: plain(partName) };
    });
  const all = { members: [...objectMembers(resource), ...own], isOpen };
  return [interfaceText(name, all, descriptionOf(schema)), ...parts];
}

const OPEN: JsonRecord = { "x-kubernetes-preserve-unknown-fields": true };

function interfaceText(name: string, object: Parameters<typeof bracesText>[0], description: string): string {
  const lines = docComment(description, "").map((line) => `${line}\n`);
  return `\n${lines.join("")}export interface ${name} ${bracesText(object, "")}\n`;
}

function objectMembers(resource: ApiResource): Member[] {
  const member = (name: string, text: string): Member => ({
    name,
    isOptional: false,
    description: "",
    value: plain(text),
  });
  return [
    member("apiVersion", quotedText(apiVersionOf(resource))),
    member("kind", quotedText(resource.kind)),
    member("metadata", resource.namespaced ? "LiveMetadata" : "LiveMetadata<false>"),
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
