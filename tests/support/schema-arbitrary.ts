/** Structural schemas, each with a value that a server would take for it. */
import * as fc from "fast-check";
import type { JsonRecord } from "#kernel/json-value.ts";

export interface Described {
  readonly schema: JsonRecord;
  readonly value: unknown;
}

type Arbitrary = fc.Arbitrary<Described>;

/** Words that have a meaning in TypeScript, and characters that have one in its literals and comments. */
const texts = fc.oneof(
  fc.constantFrom(
    "class",
    "constructor",
    "__proto__",
    "a | b",
    "*/",
    "${x}",
    "\\",
    "it's",
    '"',
    "'\"",
    "\u2028",
    "@link",
  ),
  fc.string({ maxLength: 12 }),
);
/** Not what every object in JavaScript has anyhow: the compiler knows of that, too. */
const names = fc
  .oneof(fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/), texts)
  .filter((name) => name === "__proto__" || !(name in {}));
const descriptions = fc.option(fc.array(fc.oneof(texts, fc.lorem({ maxCount: 40 }))), { nil: undefined });

const scalars: Arbitrary = fc.oneof(
  described(fc.constant({ type: "string" }), fc.string()),
  described(fc.constantFrom({ type: "integer" }, { type: "number", format: "double" }), fc.integer()),
  described(fc.constant({ type: "boolean" }), fc.boolean()),
  described(fc.constant({ "x-kubernetes-int-or-string": true }), fc.oneof(fc.integer(), fc.string())),
  described(fc.constantFrom({}, { "x-kubernetes-preserve-unknown-fields": true }), fc.jsonValue()),
  described(
    fc.constant({
      type: "object",
      "x-kubernetes-embedded-resource": true,
      "x-kubernetes-preserve-unknown-fields": true,
    }),
    fc.record({ apiVersion: fc.string(), kind: fc.string(), data: fc.jsonValue() }),
  ),
  fc
    .uniqueArray(fc.oneof(texts, fc.integer()), { minLength: 1, maxLength: 12 })
    .map((values) => ({ schema: { enum: values, default: values[0] }, value: values.at(-1) })),
);

function described(schemas: fc.Arbitrary<JsonRecord>, values: fc.Arbitrary<unknown>): Arbitrary {
  return fc.record({ schema: schemas, value: values });
}

const { any } = fc.letrec<{ any: Described; array: Described; map: Described; object: Described }>((tie) => ({
  any: fc
    .tuple(
      fc.oneof({ depthSize: "small", withCrossShrink: true }, scalars, tie("array"), tie("map"), tie("object")),
      descriptions,
      fc.constantFrom("never", "never", "maybe", "is"),
    )
    .map(([{ schema, value }, lines, isNull]) => ({
      schema: {
        ...schema,
        ...(lines && { description: lines.join("\n") }),
        ...(isNull !== "never" && { nullable: true }),
      },
      value: isNull === "is" ? null : value,
    })),
  array: tie("any").map(({ schema, value }) => ({ schema: { type: "array", items: schema }, value: [value, value] })),
  map: fc.tuple(tie("any"), names).map(([{ schema, value }, key]) => ({
    schema: { type: "object", additionalProperties: schema },
    value: Object.fromEntries([[key, value]]),
  })),
  object: objectOf(tie("any")),
}));

/** Some members are required, some are there, and some objects keep what nobody has described. */
export function objectOf(members: Arbitrary = any): Arbitrary {
  const member = fc.tuple(names, members, fc.constantFrom("required", "present", "absent"));
  return fc
    .tuple(fc.uniqueArray(member, { selector: ([name]) => name, minLength: 1, maxLength: 5 }), fc.boolean())
    .map(([entries, isOpen]) => ({
      schema: {
        type: "object",
        properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
        required: entries.flatMap(([name, , presence]) => (presence === "required" ? [name] : [])),
        ...(isOpen && { "x-kubernetes-preserve-unknown-fields": true }),
      },
      value: Object.fromEntries([
        ...entries.flatMap(([name, { value }, presence]) => (presence === "absent" ? [] : [[name, value]])),
        ...(isOpen ? [["further", { of: "any" }]] : []),
      ]),
    }));
}
