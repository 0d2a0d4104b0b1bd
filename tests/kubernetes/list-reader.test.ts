import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ListReader } from "#kubernetes/clients/list-reader.ts";
import type { ListPage } from "#kubernetes/list-watch.ts";
import { MalformedAnswerError } from "#kubernetes/clients/malformed-answer-error.ts";
import { StructuralScan } from "#resources/structural-scan.ts";
import { recorded, type RecordedObject } from "../support/recorded-wire.ts";

const pod = (name: string, extra: object = {}): object => ({
  metadata: { name, namespace: "web", uid: `uid-${name}` },
  ...extra,
});
const podList = (items: unknown, metadata: object = { resourceVersion: "7" }): object => ({
  kind: "PodList",
  apiVersion: "v1",
  metadata,
  items,
});

interface Read {
  readonly page: ListPage;
  readonly items: readonly RecordedObject[];
}

function read(text: string | Buffer, chunkBytes = Infinity, limit = 1024 * 1024): Read {
  const items: RecordedObject[] = [];
  const reader = new ListReader({
    scan: new StructuralScan(),
    typeMeta: { apiVersion: "v1", kind: "Pod" },
    item: (object) => items.push(recorded(object)),
    limit,
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    // A chunk is overwritten after the call, as a transport may do.
    const chunk = Buffer.from(bytes.subarray(at, Math.min(at + chunkBytes, bytes.length)));
    reader.push(chunk);
    chunk.fill(0);
  }
  return { page: reader.finish(), items };
}

test("a list gives its items with kind and apiVersion, its resource version and its continue token", () => {
  const list = podList([pod("a"), pod("b", { spec: { nodeName: "n" } })], { resourceVersion: "7", continue: "next" });
  const { page, items } = read(JSON.stringify(list));
  assert.deepEqual(page, { type: "page", resourceVersion: "7", continue: "next" });
  assert.deepEqual(items, [
    { kind: "Pod", apiVersion: "v1", ...pod("a") },
    { kind: "Pod", apiVersion: "v1", ...pod("b", { spec: { nodeName: "n" } }) },
  ]);
});

test("a page says how many objects follow it, where the server does", () => {
  const metadata = { resourceVersion: "7", continue: "next", remainingItemCount: 20 };
  assert.equal(read(JSON.stringify(podList([pod("a")], metadata))).page.remaining, 20);
});

test("the last page has no continue token, also where the server says it with an empty string", () => {
  assert.equal(read(JSON.stringify(podList([], { resourceVersion: "7", continue: "" }))).page.continue, undefined);
});

test("a list without items may say null", () => {
  assert.deepEqual(read(JSON.stringify(podList(null))).items, []);
});

test("the envelope's members may stand behind the items, among unknown ones", () => {
  const { kind, apiVersion, metadata, items } = podList([pod("a")]) as Record<string, unknown>;
  const { page, items: found } = read(
    JSON.stringify({ extra: [{ items: [] }], items, metadata, note: "]}", kind, apiVersion }),
  );
  assert.equal(page.resourceVersion, "7");
  assert.equal(found.length, 1);
});

test("whitespace anywhere is fine", () => {
  assert.equal(read(JSON.stringify(podList([pod("a"), pod("b")]), null, "\t\r\n")).items.length, 2);
});

test("an item that the scan finds unusual is read through a full parse", () => {
  const text = JSON.stringify(podList([pod("a")])).replace('"name":"a"', '"n\\u0061me":"a"');
  assert.equal(read(text).items[0]?.metadata.name, "a");
});

test("any list read in chunks of any size is what JSON.parse makes of it", () => {
  const label = fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    text: fc.string({ unit: "binary" }),
    n: fc.double(),
  });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 6 }), fc.integer({ min: 1, max: 200 }), (seeds, chunkBytes) => {
      const pods = seeds.map(({ name, text, n }) => pod(name, { spec: { [text]: [text, n, { text }] } }));
      const expected = JSON.parse(JSON.stringify(podList(pods))) as { items: object[] };
      const { items } = read(JSON.stringify(expected), chunkBytes);
      assert.deepEqual(
        items,
        expected.items.map((item) => ({ kind: "Pod", apiVersion: "v1", ...item })),
      );
    }),
    { seed: 11, numRuns: 500 },
  );
});

test("a list that is cut off anywhere is never taken for a complete one", () => {
  const bytes = Buffer.from(JSON.stringify(podList([pod("a"), pod("b")])));
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => read(bytes.subarray(0, length)), MalformedAnswerError, `of ${length} bytes`);
  }
});

for (const [what, list] of [
  ["a Table", { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: { resourceVersion: "7" }, rows: [] }],
  ["a single object", { kind: "Pod", apiVersion: "v1", metadata: { name: "a" } }],
  ["a list without metadata", { kind: "PodList", apiVersion: "v1", items: [] }],
  ["a list whose items are an object", podList({})],
  ["a list with null among its items", podList([null])],
  ["a list with an item without a name", podList([{ metadata: { uid: "u" } }])],
  ["an array", []],
] as const) {
  test(`${what} is rejected as a list`, () => {
    assert.throws(() => read(JSON.stringify(list)), MalformedAnswerError);
  });
}

test("text behind the list is rejected", () => {
  assert.throws(() => read(`${JSON.stringify(podList([]))}{}`), MalformedAnswerError);
});

test("an item above the limit is refused before it is read as a whole", () => {
  const text = JSON.stringify(podList([pod("a", { spec: "x".repeat(5_000) })]));
  assert.throws(() => read(text, 100, 1_000), /longer than 1000 bytes/);
});

test("an item that spans many chunks is walked a few times, not once for each chunk", () => {
  let walked = 0;
  class CountingScan extends StructuralScan {
    override endOfValue(buffer: Buffer, start: number, end: number): number {
      walked += end - start;
      return super.endOfValue(buffer, start, end);
    }
  }
  const text = Buffer.from(JSON.stringify(podList([pod("a", { spec: "x".repeat(1_000_000) })])));
  let items = 0;
  const options = { typeMeta: { apiVersion: "v1", kind: "Pod" }, item: () => void items++, limit: 2_000_000 };
  const reader = new ListReader({ scan: new CountingScan(), ...options });
  for (let at = 0; at < text.length; at += 4_096) reader.push(text.subarray(at, at + 4_096));
  reader.finish();
  assert.equal(items, 1);
  assert.ok(walked < 5 * text.length, `${walked} bytes walked of ${text.length}`);
});
