/** JSON texts that try to mislead a scan: hostile keys and strings, duplicate keys, needless escapes, odd whitespace. */
import * as fc from "fast-check";

import { randomFrom } from "./random.ts";

/** JSON before it is text: an object may have a key twice. */
type Tree = string | number | boolean | null | readonly Tree[] | { readonly members: readonly Member[] };
type Member = readonly [key: string, value: Tree];

const PUNCTUATION = [
  '"',
  "\\",
  '\\"',
  "\\\\",
  "{",
  "}",
  "[",
  "]",
  '{"',
  '"}',
  "]}",
  ",",
  ":",
  "}{",
  "<&>",
  "\\u0022",
  "\\n",
];
const CHARACTERS = [
  "",
  "a",
  "\n",
  "\t",
  "\u0000",
  "\u2028",
  "ü",
  "漢字",
  "😀",
  "\ud800",
  "\udc00",
  "x".repeat(17),
  "y".repeat(70),
];
const LOOKALIKES = ['},"spec":{', '"metadata":{', '"managedFields":[', "metadata", "managedFields"];
const WANTED = [
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "labels",
  "ownerReferences",
  "annotations",
  "managedFields",
];
const KEYS = [
  ...WANTED,
  "metadata",
  "object",
  "type",
  "kind",
  "apiVersion",
  "spec",
  "__proto__",
  "constructor",
  '"',
  "\\",
  "ünï",
  "a",
  "",
  "0",
];

const string = fc
  .array(fc.constantFrom(...PUNCTUATION, ...CHARACTERS, ...LOOKALIKES), { maxLength: 4 })
  .map((parts) => parts.join(""));
const key = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: string });
const number = fc.constantFrom(0, -1, 1.5e-7, 1e300, 2 ** 53, 42);

const { tree } = fc.letrec<{ tree: Tree; list: readonly Tree[]; object: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    string,
    number,
    fc.constantFrom(true, false, null),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("tree"), { maxLength: 3 }),
  object: fc.array(fc.tuple(key, tie("tree")), { maxLength: 3 }).map((members) => ({ members })),
}));

const labels: fc.Arbitrary<Tree> = fc.array(fc.tuple(key, string), { maxLength: 3 }).map((members) => ({ members }));
const owners: fc.Arbitrary<Tree> = fc
  .array(string, { maxLength: 2 })
  .map((uids) => uids.map((uid) => ({ members: [["uid", uid]] })));

/** Usually what Kubernetes sends, sometimes anything. */
function mostly(usual: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: tree });
}

/** Some of `fields`, in their order or in any other, and now and then a member that nobody expects there. */
function members(fields: Readonly<Record<string, fc.Arbitrary<Tree>>>): fc.Arbitrary<Tree> {
  const all = fc.tuple(...Object.entries(fields).map(([name, value]) => value.map((tree): Member => [name, tree])));
  return fc
    .tuple(
      all,
      fc.subarray(Object.keys(fields)),
      fc.boolean(),
      fc.array(fc.tuple(key, tree), { maxLength: 1 }),
      fc.nat(9),
    )
    .map(([known, kept, isShuffled, extra, at]) => {
      const chosen = known.filter(([name]) => kept.includes(name));
      const ordered = isShuffled ? [...chosen.slice(at % 4), ...chosen.slice(0, at % 4)] : chosen;
      return { members: at < 7 ? ordered : ordered.toSpliced(at % 3, 0, ...extra) };
    });
}

const metadata = members({
  name: mostly(fc.constantFrom("web-1", "a", 'quo"ted', "ünï")),
  namespace: mostly(fc.constantFrom("default", "shop")),
  uid: mostly(fc.constantFrom("u-1", "u-2")),
  resourceVersion: mostly(fc.constantFrom("1", "4711")),
  labels: mostly(labels),
  annotations: mostly(labels),
  ownerReferences: mostly(owners),
  managedFields: mostly(fc.array(tree, { maxLength: 2 })),
});

const object = members({
  kind: mostly(string),
  apiVersion: mostly(string),
  metadata: mostly(metadata),
  spec: tree,
  status: tree,
});
const frame = members({
  type: mostly(fc.constantFrom("ADDED", "MODIFIED", "DELETED", "BOOKMARK")),
  object: mostly(object),
});
const style = fc.record({ hasSpace: fc.boolean(), escapes: fc.constantFrom(0, 0, 0, 0.05), seed: fc.integer() });

/** The text of one Kubernetes object, well-formed. */
export const hostileObjects: fc.Arbitrary<string> = fc.tuple(object, style).map(([tree, style]) => render(tree, style));

/** The text of one watch event, well-formed. */
export const hostileFrames: fc.Arbitrary<string> = fc.tuple(frame, style).map(([tree, style]) => render(tree, style));

/** A text with one place damaged: cut off, left out, replaced or doubled. */
export function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const noise = fc.constantFrom("", '"', "{", "}", "[", "]", ",", ":", "\\", "\n", "\u0001", " ", "u0");
  return fc
    .tuple(texts, fc.nat(), noise, fc.constantFrom(0, 1, 2, Infinity))
    .map(([text, place, inserted, removed]) => {
      const at = place % (text.length + 1);
      return (text.slice(0, at) + inserted + text.slice(at + removed)).toWellFormed();
    });
}

interface Style {
  readonly hasSpace: boolean;
  /** The share of characters that are escaped without need. */
  readonly escapes: number;
  readonly seed: number;
}

function render(tree: Tree, { hasSpace, escapes, seed }: Style): string {
  const random = randomFrom(seed);
  const space = (): string =>
    hasSpace && random() < 0.3 ? ([" ", "  ", "\t", "\r", "\n"][Math.floor(random() * 5)] ?? "") : "";
  const escaped = (character: string): string =>
    character.length === 1 && random() < escapes
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
      : character;
  const quoted = (text: string): string =>
    escapes === 0
      ? JSON.stringify(text)
      : `"${(
          JSON.stringify(text)
            .slice(1, -1)
            .match(/\\u....|\\.|[^\\]/gs) ?? []
        )
          .map(escaped)
          .join("")}"`;
  const padded = (parts: readonly string[]): string => parts.map((part) => space() + part + space()).join(",");
  const text = (node: Tree): string => {
    if (typeof node === "string") return quoted(node);
    if (typeof node !== "object" || node === null) return JSON.stringify(node);
    if (!("members" in node)) return `[${padded(node.map(text))}]`;
    return `{${padded(node.members.map(([key, value]) => `${quoted(key)}${space()}:${space()}${text(value)}`))}}`;
  };
  return (space() + text(tree) + space()).toWellFormed();
}
