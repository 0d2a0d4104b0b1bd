/** A TypeScript type before it is text. */
export type TypeNode =
  /** A name, a literal, or a text without line breaks that needs no parentheses. */
  | { readonly type: "plain"; readonly text: string }
  /** Of two types at least. */
  | { readonly type: "union"; readonly members: readonly TypeNode[] }
  | { readonly type: "array"; readonly item: TypeNode }
  | { readonly type: "map"; readonly values: TypeNode }
  | ({ readonly type: "object" } & ObjectMembers);

export interface ObjectMembers {
  readonly members: readonly Member[];
  /** There may be further members, of which nothing is known. */
  readonly isOpen: boolean;
}

export interface Member {
  readonly name: string;
  readonly isOptional: boolean;
  /** `""`: there is nothing to say. */
  readonly description: string;
  readonly value: TypeNode;
}

export const UNKNOWN = plain("unknown");

export function plain(text: string): TypeNode {
  return { type: "plain", text };
}

/** One of these; each is named once. */
export function oneOf(types: readonly TypeNode[]): TypeNode {
  const flat = types.flatMap((one) => (one.type === "union" ? one.members : [one]));
  const texts = new Set<string>();
  const members = flat.filter((one) => {
    if (one.type !== "plain") return true;
    const isNew = !texts.has(one.text);
    texts.add(one.text);
    return isNew;
  });
  const [first = UNKNOWN, ...others] = members;
  if (members.length === 0 || texts.has("unknown")) return UNKNOWN;
  return others.length === 0 ? first : { type: "union", members };
}
