import assert from "node:assert/strict";
import { test } from "node:test";

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
