import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeEvent } from "#sandbox/event-frame.ts";

const KEY = { id: "u/1/updated", namespace: "shop", name: "web" };

test("an event frame is JSON around the objects' own bytes", () => {
  const object = Buffer.from('{ "a" : 1.0 }');
  const old = Buffer.from('{"a":0}');
  const frame = encodeEvent(7, { header: { id: KEY.id, attempt: 2 }, key: KEY, object, old });
  assert.equal(frame.readUInt32LE(0), frame.length - 4);
  assert.equal(
    frame.toString("utf8", 4),
    '{"type":"event","run":7,"event":{"id":"u/1/updated","attempt":2,"object":{ "a" : 1.0 },"old":{"a":0}}}',
  );
});

test("an event without an old object has no such property", () => {
  const frame = encodeEvent(1, { header: { id: KEY.id }, key: KEY, object: Buffer.from("{}"), old: undefined });
  assert.deepEqual(JSON.parse(frame.toString("utf8", 4)), { type: "event", run: 1, event: { id: KEY.id, object: {} } });
});
