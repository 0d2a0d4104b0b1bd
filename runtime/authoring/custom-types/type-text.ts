import { propertyName } from "#handler-api/type-source.ts";
import { docComment, LINE_WIDTH } from "./doc-comment.ts";
import type { Member, ObjectMembers, TypeNode } from "./type-node.ts";

const STEP = "  ";

/** A type in braces, as formatters write it; lines after the first are indented. */
export function bracesText({ members, isOpen }: ObjectMembers, indent: string): string {
  const inner = `${indent}${STEP}`;
  const lines = [
    ...members.flatMap((member) => memberLines(member, inner)),
    ...(isOpen ? [`${inner}[field: string]: unknown;`] : []),
  ];
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}

function memberLines({ name, isOptional, description, value }: Member, indent: string): string[] {
  const start = `${indent}${propertyName(name)}${isOptional ? "?" : ""}:`;
  const text = typeText(value, indent);
  const [firstLine = ""] = text.split("\n", 1);
  const fits = start.length + ` ${firstLine};`.length <= LINE_WIDTH;
  return [...docComment(description, indent), `${start}${fits ? ` ${text}` : brokenText(value, indent)};`];
}

function typeText(node: TypeNode, indent: string): string {
  switch (node.type) {
    case "plain":
      return node.text;
    case "union":
      return node.members.map((member) => typeText(member, indent)).join(" | ");
    case "array":
      return node.item.type === "union" ? `(${typeText(node.item, indent)})[]` : `${typeText(node.item, indent)}[]`;
    case "map":
      return mapText(node.values, indent);
    case "object":
      return bracesText(node, indent);
  }
}

function mapText(values: TypeNode, indent: string): string {
  const inner = `${indent}${STEP}`;
  const text = typeText(values, inner);
  return text.includes("\n") ? `{\n${inner}[key: string]: ${text};\n${indent}}` : `Record<string, ${text}>`;
}

/** What does not fit behind the member's name: a union has a line for each of its types. */
function brokenText(node: TypeNode, indent: string): string {
  const inner = `${indent}${STEP}`;
  const lines = (members: readonly TypeNode[]): string =>
    members.map((member) => `\n${inner}| ${typeText(member, inner)}`).join("");
  if (node.type === "union") return lines(node.members);
  if (node.type === "array" && node.item.type === "union") return ` (${lines(node.item.members)}\n${indent})[]`;
  return ` ${typeText(node, indent)}`;
}
