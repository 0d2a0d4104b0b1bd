import assert from "node:assert/strict";
import { test } from "node:test";

import { normalize } from "#resources/normalize.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { StructuralScan, type TypeMeta } from "#resources/structural-scan.ts";

function scanObject(text: string, typeMeta?: TypeMeta): ScannedObject | undefined {
  const buffer = Buffer.from(text);
  return new StructuralScan().object(buffer, 0, buffer.length, typeMeta);
}

function scanFrame(text: string): ReturnType<StructuralScan["frame"]> {
  const buffer = Buffer.from(text);
  return new StructuralScan().frame(buffer, 0, buffer.length);
}

function copied(object: ScannedObject | undefined): string {
  assert.ok(object);
  const target = Buffer.alloc(object.byteLength + 8, "#");
  assert.equal(object.copyInto(target, 3), object.byteLength + 3);
  return target.toString().slice(3, -5);
}

test("scan reads the header of a watch event's object", () => {
  const metadata = {
    name: "web-1",
    namespace: "shop",
    uid: "u-1",
    resourceVersion: "42",
    labels: { app: "web" },
    annotations: { note: "}" },
    ownerReferences: [{ uid: "rs-1" }],
  };
  const frame = scanFrame(
    JSON.stringify({ type: "ADDED", object: { kind: "Pod", apiVersion: "v1", metadata, spec: {} } }),
  );
  assert.equal(frame?.type, "ADDED");
  const { object } = frame;
  assert.deepEqual(
    [object.apiVersion, object.kind, object.namespace, object.name, object.uid, object.resourceVersion],
    ["v1", "Pod", "shop", "web-1", "u-1", "42"],
  );
  assert.equal(object.labelsText, '{"app":"web"}');
  assert.equal(object.annotationsText, '{"note":"}"}');
  assert.equal(object.ownerReferencesText, '[{"uid":"rs-1"}]');
});

test("scan cuts managedFields with one comma, wherever they stand", () => {
  const cut = (metadata: string): string => copied(scanObject(`{"metadata":${metadata},"spec":{}}`));
  assert.equal(cut('{"name":"a","managedFields":[{}]}'), '{"metadata":{"name":"a"},"spec":{}}');
  assert.equal(cut('{"managedFields":[{}],"name":"a"}'), '{"metadata":{"name":"a"},"spec":{}}');
  assert.equal(cut('{"name":"a","managedFields":[{}],"uid":"u"}'), '{"metadata":{"name":"a","uid":"u"},"spec":{}}');
  assert.equal(cut('{"managedFields":[{}]}'), '{"metadata":{},"spec":{}}');
});

test("scan puts kind and apiVersion in front of a list item that has neither", () => {
  const typeMeta = { apiVersion: "v1", kind: "Pod" };
  const bare = scanObject('{"metadata":{"name":"a"}}', typeMeta);
  assert.equal(copied(bare), '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}');
  assert.deepEqual([bare?.kind, bare?.apiVersion], ["Pod", "v1"]);
  const own = scanObject('{"kind":"Node","apiVersion":"v2","metadata":{"name":"a"}}', typeMeta);
  assert.equal(copied(own), '{"kind":"Node","apiVersion":"v2","metadata":{"name":"a"}}');
  assert.deepEqual([own?.kind, own?.apiVersion], ["Node", "v2"]);
});

test("scan leaves empty what an object does not say or says with another type", () => {
  const object = scanObject(
    '{"kind":7,"metadata":{"name":null,"uid":{},"labels":null,"ownerReferences":{},"annotations":[]}}',
  );
  assert.ok(object);
  assert.deepEqual(
    [object.apiVersion, object.kind, object.namespace, object.name, object.uid, object.resourceVersion],
    ["", "", "", "", "", ""],
  );
  assert.deepEqual([object.labelsText, object.ownerReferencesText, object.annotationsText], ["", "", ""]);
  assert.equal(scanFrame('{"object":{}}')?.type, "");
});

test("scan reads names that had to be escaped", () => {
  assert.equal(scanObject('{"metadata":{"name":"system:\\"\\\\\\u0007\\ud83d\\ude00"}}')?.name, 'system:"\\\u0007😀');
  assert.equal(scanObject('{"metadata":{"name":"bad \\x escape"}}'), undefined);
  assert.equal(scanObject('{"metadata":{"name":"short \\u12 escape"}}'), undefined);
});

test("scan refuses a key that is there twice at the levels which it reads", () => {
  assert.equal(scanFrame('{"type":"ADDED","object":{},"object":{}}'), undefined);
  assert.equal(scanFrame('{"type":"ADDED","type":"DELETED","object":{}}'), undefined);
  assert.equal(scanObject('{"metadata":{"name":"a"},"metadata":{"name":"b"}}'), undefined);
  assert.equal(scanObject('{"metadata":{"name":"a","name":null}}'), undefined);
  assert.equal(scanObject('{"metadata":{"managedFields":[],"managedFields":[]}}'), undefined);
  assert.ok(scanObject('{"metadata":{},"spec":{"a":1,"a":2}}'), "what is stepped over keeps its own");
});

test("scan refuses a key with an escaped letter at the levels which it reads", () => {
  assert.equal(scanObject('{"met\\u0061data":{"name":"a"}}'), undefined);
  assert.equal(scanObject('{"metadata":{"n\\u0061me":"a"}}'), undefined);
  assert.ok(scanObject('{"metadata":{},"\\u0007\\"\\\\u0061":1}'), "other escapes hide no letter");
});

test("scan refuses raw control characters in strings", () => {
  for (const control of ["\n", "\u0000", "\t"]) {
    assert.equal(scanObject(`{"metadata":{"name":"a${control}b"}}`), undefined);
    assert.equal(scanObject(`{"metadata":{},"spec":["a${control}b"]}`), undefined);
  }
});

test("scan refuses anything but whitespace behind the last brace", () => {
  assert.ok(scanFrame(' {"type":"ADDED","object":{}} \r\n'));
  for (const rest of ["}", ",", "{}", "x", "\u0000"]) {
    assert.equal(scanFrame(`{"type":"ADDED","object":{}}${rest}`), undefined);
    assert.equal(scanObject(`{"metadata":{}}${rest}`), undefined);
  }
});

test("scan refuses what is no watch event and no object", () => {
  for (const text of [
    "",
    "null",
    "[]",
    '"text"',
    '{"type":"ADDED"}',
    '{"type":"ADDED","object":null}',
    '{"object":{}',
  ]) {
    assert.equal(scanFrame(text), undefined, text);
  }
  for (const text of ["", "7", "[]", "{", '{"metadata"', '{"metadata":}', '{"a":1,}', "{,}", '{"a" 1}']) {
    assert.equal(scanObject(text), undefined, text);
  }
});

test("scan steps over nesting of any depth", () => {
  const depth = 200_000;
  const object = scanObject(`{"spec":${"[".repeat(depth)}${"]".repeat(depth)},"metadata":{"name":"deep"}}`);
  assert.equal(object?.name, "deep");
});

test("scan overwrites what it returned with its next call", () => {
  const scan = new StructuralScan();
  const buffer = Buffer.from('{"metadata":{"name":"a"}}{"metadata":{"name":"b"}}');
  const first = scan.object(buffer, 0, 25);
  assert.equal(first?.name, "a");
  const second = scan.object(buffer, 25, 50);
  assert.equal(second, first);
  assert.equal(first.name, "b");
});

test("scan does not take a name for the one before, of which it has the same bytes in another reading", () => {
  const scan = new StructuralScan();
  const nameIn = (name: string): string | undefined => {
    const buffer = Buffer.from(`{"metadata":{"name":"${name}"}}`);
    return scan.object(buffer, 0, buffer.length)?.name;
  };
  assert.equal(nameIn("a\\\\b"), "a\\b");
  assert.equal(nameIn("a\\b"), "a\b");
  assert.equal(nameIn("\u00c3\u00a9"), "\u00c3\u00a9");
  assert.equal(nameIn("\u00e9"), "\u00e9");
});

test("scan of an item ends behind it, whatever follows, and waits for one that is not complete", () => {
  const buffer = Buffer.from(' {"metadata":{"name":"a"}},{"metadata":{"name":"b');
  const scan = new StructuralScan();
  const item = scan.item(buffer, 0, buffer.length);
  assert.equal(item?.object.name, "a");
  assert.equal(item?.end, 26);
  assert.equal(scan.item(buffer, 27, buffer.length), undefined);
});

test("a number is complete once something follows it", () => {
  const end = (text: string): number => new StructuralScan().endOfValue(Buffer.from(text), 0, text.length);
  assert.equal(end(" 12"), -1);
  assert.equal(end(" 12,"), 3);
  assert.equal(end("true]"), 4);
  assert.equal(end(","), -1);
});

test("a string is not complete before its closing quote, whatever lies behind the range", () => {
  const scan = new StructuralScan();
  assert.equal(scan.endOfValue(Buffer.from('"ab"'), 0, 3), -1);
  assert.equal(scan.endOfValue(Buffer.from('"a\\"b"'), 0, 4), -1);
  assert.equal(scan.endOfValue(Buffer.from('"a\\"b"'), 0, 6), 6);
});

test("normalize removes what a scan refuses", () => {
  const text = normalize('{"metad\\u0061ta":{"name":"a", "name":"b"}}').toString();
  assert.equal(text, '{"metadata":{"name":"b"}}');
  assert.equal(scanObject(text)?.name, "b");
});

test("normalize throws for what is no JSON", () => {
  assert.throws(() => normalize('{"metadata":'), {
    name: "MalformedJsonError",
    code: "MALFORMED_JSON",
    message: /^Cannot read JSON of 12 characters: /,
  });
});
