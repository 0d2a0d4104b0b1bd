import type { JsonRecord } from "#kernel/json-value.ts";

const DEEP = { type: "object", default: {}, properties: { deep: { type: "integer", default: 5 } } };
const EMBEDDED = { type: "object", "x-kubernetes-embedded-resource": true };
const FREE = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
const TEXT = { type: "string" };

/** Of widgets.example.com. */
export const WIDGET_SCHEMA: JsonRecord = {
  type: "object",
  properties: {
    spec: {
      type: "object",
      properties: {
        size: { type: "integer", minimum: 1, maximum: 9 },
        color: { type: "string", default: "red" },
        shade: { type: "string", nullable: true, default: "dark" },
        free: { ...FREE, properties: { known: { type: "object", properties: { a: TEXT } } } },
        template: { ...EMBEDDED, properties: { spec: { type: "object", properties: { q: TEXT } } } },
        anything: { ...EMBEDDED, "x-kubernetes-preserve-unknown-fields": true },
        map: { type: "object", additionalProperties: { type: "object", properties: { a: TEXT } } },
        texts: { type: "object", additionalProperties: { type: "string", default: "t" } },
        list: {
          type: "array",
          items: {
            type: "object",
            properties: { a: { ...TEXT, default: "d" }, b: { ...TEXT, nullable: true }, n: DEEP },
          },
        },
        defaulted: { type: "array", items: { type: "object", default: { a: "e" }, properties: { a: TEXT } } },
        empty: { type: "object" },
        mixed: { "x-kubernetes-int-or-string": true },
      },
    },
    status: { type: "object", properties: { ready: { type: "boolean" } } },
  },
};

/** A custom resource without `apiVersion` and `kind`, and whether unknown fields are refused. */
export interface CustomBodyCase {
  readonly body: JsonRecord;
  readonly strict?: boolean;
}

const META = { name: "a" };

function spec(members: unknown): CustomBodyCase {
  return { body: { metadata: META, spec: members } };
}

function strict(one: CustomBodyCase): CustomBodyCase {
  return { ...one, strict: true };
}

const UNKNOWN: CustomBodyCase = {
  body: {
    metadata: { name: "a", foo: 1, labels: { a: "b" } },
    spec: {
      size: 1,
      bogus: 1,
      free: { any: 1, known: { a: "x", b: 1 } },
      template: { apiVersion: "v1", kind: "Pod", metadata: { name: "x", zz: 1 }, spec: { q: "a", r: 1 }, status: {} },
      anything: { apiVersion: "v1", kind: "Pod", metadata: { zz: 1 }, x: 1 },
      map: { "a.b": { a: "x", c: 1 } },
      list: [{ a: "1", z: 1 }, { "q.r": 1 }],
      empty: { x: 1 },
    },
    status: { ready: true, bogus: 1 },
    other: {},
  },
};

export const CUSTOM_BODY_CASES: Readonly<Record<string, CustomBodyCase>> = {
  "nothing but a name": { body: { metadata: META } },
  "an empty spec": spec({}),
  "a spec that is null": spec(null),
  "unknown fields": UNKNOWN,
  "unknown fields that are refused": strict(UNKNOWN),
  "members that are null": spec({ color: null, shade: null, size: null, map: null, mixed: null, free: { x: null } }),
  "elements with nulls": spec({ list: [{ a: null, b: null, n: null }] }),
  "a map with nulls": spec({ texts: { a: null, b: "x" }, map: { c: null } }),
  "a list with defaults for null": spec({ defaulted: [null, { a: "x" }, {}] }),
  "empty labels and annotations": { body: { metadata: { name: "a", labels: {}, annotations: null, finalizers: [] } } },
  "a label that is a number": { body: { metadata: { name: "a", labels: { a: 1 } }, spec: { bogus: 1 } } },
  "a name that is a number": { body: { metadata: { name: 1 } } },
  "a time that is none": { body: { metadata: { name: "a", creationTimestamp: "x" } } },
  "metadata that is a text": { body: { metadata: "x" } },
  "an embedded label that is a number": spec({
    template: { apiVersion: "v1", kind: "Pod", metadata: { name: "x", labels: { a: 1 } } },
  }),
  "embedded metadata that is a number": spec({ template: { apiVersion: "v1", kind: "Pod", metadata: 5 } }),
  "an embedded kind that is a number": spec({ template: { apiVersion: "v1", kind: 1 } }),
  "embedded metadata with empty members": spec({
    template: { apiVersion: "v1", kind: "Pod", metadata: { labels: {}, creationTimestamp: null } },
  }),
  "members of both types": spec({ mixed: "5%", size: 3 }),
};
