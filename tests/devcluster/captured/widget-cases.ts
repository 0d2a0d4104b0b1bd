import type { JsonRecord } from "#kernel/json-value.ts";
import { apply, create, update, type WriteCase, type WriteStep } from "./write-case.ts";

const STATUS = { subresource: "status" } as const;

/** Every form of field, and the status. */
export const WIDGET_CASES: readonly WriteCase[] = [
  widgets(
    "a set of two managers",
    apply("m1", spec({ tags: ["a", "b"] })),
    apply("m2", spec({ tags: ["c", "b"] })),
    apply("m1", spec({ tags: ["b"] })),
    apply("m2", spec({ size: 1 })),
  ),
  widgets(
    "a set keeps the order that is applied last",
    create("u1", spec({ tags: ["a", "b", "c", "d", "e"] })),
    apply("m1", spec({ tags: ["d", "x", "b"] })),
  ),
  widgets(
    "letters that Go escapes",
    apply("m1", spec({ tags: ["<&>", '"', "ü", "\u2028"] })),
    apply("m1", spec({ tags: ["<&>"] })),
  ),
  widgets(
    "elements of two managers",
    apply("m1", spec({ parts: [part("p", { value: 1 }), part("q")] })),
    apply("m2", spec({ parts: [part("q", { kind: "std", value: 2 }), part("q", { kind: "alt" })] })),
    apply("m1", spec({ parts: [part("p", { more: { x: "1" } })] })),
    apply("m2", spec({ size: 1 })),
  ),
  widgets(
    "a conflict within an element",
    apply("m1", spec({ parts: [part("p", { value: 1 })] })),
    apply("m2", spec({ parts: [part("p", { value: 2 })] })),
  ),
  widgets(
    "an element whose owner drops it stays with what others own of it",
    apply("m1", spec({ parts: [part("p", { value: 1 }), part("q")] })),
    update("u1", spec({ parts: [part("p", { value: 2, more: { x: "1" } }), part("r")] })),
    apply("m1", spec({ size: 1 })),
  ),
  widgets(
    "elements keep the order that is applied last",
    create("u1", spec({ parts: ["p", "q", "r", "s"].map((name) => part(name)) })),
    apply("m1", spec({ parts: [part("s"), part("n"), part("q")] })),
  ),
  widgets("a key that is null", apply("m1", spec({ parts: [part("p", { kind: null })] }))),
  widgets("empty lists are nobody's", apply("m1", spec({ tags: [], parts: [], plain: [] }))),
  widgets(
    "an empty list says nothing about its elements",
    create("u1", spec({ tags: ["a"], parts: [part("p")] })),
    apply("m1", spec({ tags: [], parts: [] })),
  ),
  widgets("an atomic list has one owner", apply("m1", spec({ plain: ["a"] })), apply("m2", spec({ plain: ["b"] }))),
  widgets(
    "an atomic map has one owner",
    apply("m1", spec({ fixed: { a: "1" } })),
    apply("m2", spec({ fixed: { b: "1" } }), { force: true }),
  ),
  widgets(
    "members of a map have owners",
    apply("m1", spec({ settings: { a: "1", "b.c/d": "1" } })),
    apply("m2", spec({ settings: { a: "2" } })),
  ),
  widgets(
    "members of a map that are maps",
    apply("m1", spec({ objects: { k: { a: "1" }, l: {} } })),
    apply("m2", spec({ objects: { k: { b: "1" } } })),
    apply("m1", spec({ size: 1 })),
  ),
  widgets(
    "maps without a schema",
    apply("m1", spec({ free: { a: { b: 1, c: [1, { d: 1 }] }, e: {} } })),
    apply("m2", spec({ free: { a: { f: 1 } } })),
    apply("m1", spec({ free: { e: {} } })),
  ),
  widgets(
    "values without a schema",
    apply("m1", spec({ any: { a: { b: 1 } } })),
    update("u1", spec({ any: 5 })),
    update("u2", spec({ any: [{ a: 1 }] })),
    update("u3", spec({ any: { a: { b: 1 } } })),
  ),
  widgets("a number or a text", apply("m1", spec({ port: 1 })), apply("m2", spec({ port: "x" }))),
  widgets(
    "a null that may be",
    apply("m1", spec({ maybe: null })),
    apply("m2", spec({ maybe: "x" })),
    apply("m1", spec({ maybe: null })),
  ),
  widgets(
    "maps within maps",
    apply("m1", spec({ nested: { x: { y: "1" } } })),
    apply("m2", spec({ nested: { x: { z: "1" } } })),
    apply("m3", spec({ nested: {}, size: 1 })),
    apply("m1", spec({ size: 1 })),
  ),
  widgets(
    "updates of all forms",
    create(
      "u1",
      spec({ tags: ["a"], parts: [part("p")], settings: { a: "1" }, fixed: { a: "1" }, nested: { x: { y: "1" } } }),
    ),
    update(
      "u2",
      spec({
        tags: ["b"],
        parts: [part("q")],
        settings: { a: "2", b: "1" },
        fixed: { a: "2" },
        nested: { x: { y: null, z: "1" } },
      }),
    ),
    update("u1", spec({ tags: null, parts: null, settings: null, fixed: null, nested: null })),
  ),
  widgets(
    "duplicates that an update brings",
    create("u1", spec({ plain: ["a", "a"] })),
    apply("m1", spec({ plain: ["a"] })),
  ),

  // The status.
  widgets(
    "the status is not written through the object",
    apply("m1", { ...spec({ size: 1 }), ...status({ phase: "A" }) }),
    update("u1", { ...spec({ size: 2 }), ...status({ phase: "B" }) }),
  ),
  widgets(
    "the status has owners of its own",
    apply("m1", spec({ size: 1 })),
    apply("m1", status({ phase: "A", conditions: [{ type: "R", status: "True" }] }), STATUS),
    update("u1", status({ count: 1 }), STATUS),
    apply("m1", spec({ size: 2 })),
  ),
  widgets(
    "only the status is written through it",
    apply("m1", spec({ size: 1 })),
    apply("m1", { metadata: { labels: { a: "1" } }, ...spec({ size: 2 }), ...status({ phase: "A" }) }, STATUS),
  ),
  widgets(
    "conflicts over the status",
    apply("m1", spec({ size: 1 })),
    apply("m1", status({ phase: "A" }), STATUS),
    update("u1", status({ count: 1 }), STATUS),
    apply("m2", status({ phase: "B", count: 2 }), STATUS),
  ),

  // Configurations that cannot be.
  widgets("a text for a number", apply("m1", spec({ size: "x" }))),
  widgets("a boolean for a number", apply("m1", spec({ size: true }))),
  widgets("a map for a number", apply("m1", spec({ size: { a: 1 } }))),
  widgets("a map for a list", apply("m1", spec({ tags: { a: 1 } }))),
  widgets("a number in a set of texts", apply("m1", spec({ tags: [1] }))),
  widgets("a map in a set", apply("m1", spec({ tags: [{}] }))),
  widgets("a list in a set", apply("m1", spec({ tags: [["a"]] }))),
  widgets("a null in a set", apply("m1", spec({ tags: [null] }))),
  widgets("a number in an atomic list of texts", apply("m1", spec({ plain: ["a", 1] }))),
  widgets("a text among elements with keys", apply("m1", spec({ parts: ["x"] }))),
  widgets("a null among elements with keys", apply("m1", spec({ parts: [null] }))),
  widgets("one element twice", apply("m1", spec({ parts: [part("p"), part("p", { kind: "std" })] }))),
  widgets("a key of another type", apply("m1", spec({ parts: [{ name: 5 }] }))),
  widgets(
    "a condition without its key",
    apply("m1", spec({ size: 1 })),
    apply("m1", status({ conditions: [{ status: "True" }] }), STATUS),
  ),
  widgets("an unknown field deep inside", apply("m1", spec({ nested: { x: { q: 1 } } }))),
];

function widgets(title: string, ...steps: readonly WriteStep[]): WriteCase {
  return { title, resource: "widgets", steps };
}

function spec(members: JsonRecord): JsonRecord {
  return { spec: members };
}

function status(members: JsonRecord): JsonRecord {
  return { status: members };
}

function part(name: string, members: JsonRecord = {}): JsonRecord {
  return { name, ...members };
}
