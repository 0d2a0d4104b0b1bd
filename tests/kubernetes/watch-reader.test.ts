import assert from "node:assert/strict";
import { test } from "node:test";
import { LineTooLongError } from "#kubernetes/clients/line-splitter.ts";
import { MalformedAnswerError } from "#kubernetes/clients/malformed-answer-error.ts";
import { WatchErrorEvent, WatchReader } from "#kubernetes/clients/watch-reader.ts";
import { StructuralScan } from "#resources/structural-scan.ts";
import { RecordingSink } from "../support/recorded-wire.ts";

const frame = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const pod = (name: string, extra: object = {}): object => ({
  kind: "Pod",
  apiVersion: "v1",
  metadata: { name, resourceVersion: "5" },
  ...extra,
});

function read(text: string, chunkBytes = Infinity, limit = 32 * 1024 * 1024): RecordingSink {
  const sink = new RecordingSink();
  const reader = new WatchReader(new StructuralScan(), sink, limit);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = Buffer.from(bytes.subarray(at, Math.min(at + chunkBytes, bytes.length)));
    reader.push(chunk);
    chunk.fill(0);
  }
  return sink;
}

test("a watch tells its events in order with their objects", () => {
  const sink = read(frame("ADDED", pod("a")) + frame("MODIFIED", pod("a")) + frame("DELETED", pod("a")));
  assert.deepEqual(sink.lines, ["ADDED a", "MODIFIED a", "DELETED a"]);
  assert.deepEqual(sink.objects[0], pod("a"));
});

test("frames may be cut into chunks anywhere, also within a character", () => {
  const text = frame("ADDED", pod("a", { spec: "ä€😀" })) + frame("ADDED", pod("b", { spec: "ü" }));
  for (let chunkBytes = 1; chunkBytes < 40; chunkBytes++) {
    assert.deepEqual(read(text, chunkBytes).objects, [pod("a", { spec: "ä€😀" }), pod("b", { spec: "ü" })]);
  }
});

test("a frame of more than 64 KiB is read once and whole", () => {
  const big = pod("big", { spec: "x".repeat(300_000) });
  assert.deepEqual(read(frame("ADDED", big), 65_536).objects, [big]);
});

test("lines may end with CRLF", () => {
  assert.deepEqual(read(frame("ADDED", pod("a")).replace("\n", "\r\n")).lines, ["ADDED a"]);
});

test("a raw U+2028 within a string is no end of a line", () => {
  const text = frame("ADDED", pod("a", { spec: "one\u2028two\u2029three" }));
  assert.deepEqual(read(text).objects[0]?.["spec"], "one\u2028two\u2029three");
});

test("empty lines are stepped over", () => {
  assert.deepEqual(read(`\n\r\n${frame("ADDED", pod("a"))}`).lines, ["ADDED a"]);
});

test("a frame that the scan finds unusual is read through a full parse", () => {
  assert.deepEqual(read(frame("ADDED", pod("a")).replace('"name"', '"n\\u0061me"')).lines, ["ADDED a"]);
});

test("a line that is no JSON ends the watch instead of being skipped", () => {
  assert.throws(() => read(`${frame("ADDED", pod("a"))}{"type":"ADDED","object":\n`), MalformedAnswerError);
});

test("a line that is JSON and no event ends the watch", () => {
  assert.throws(() => read("[]\n"), MalformedAnswerError);
});

test("a frame that the stream's end cut off is not told", () => {
  assert.deepEqual(read(frame("ADDED", pod("a")) + frame("ADDED", pod("b")).slice(0, -9)).lines, ["ADDED a"]);
});

test("a line above the limit ends the watch", () => {
  assert.throws(() => read(frame("ADDED", pod("a", { spec: "x".repeat(2_000) })), 100, 1_000), LineTooLongError);
});

test("bookmarks mark the end of the initial events only by the annotation with the value true", () => {
  const bookmark = (annotations?: object): string =>
    frame("BOOKMARK", { kind: "Pod", apiVersion: "v1", metadata: { resourceVersion: "9", annotations } });
  const end = "k8s.io/initial-events-end";
  const sink = read(bookmark() + bookmark({ [end]: "false" }) + bookmark({ other: end }) + bookmark({ [end]: "true" }));
  assert.deepEqual(sink.lines, ["BOOKMARK", "BOOKMARK", "BOOKMARK", "BOOKMARK initial events end"]);
});

test("an ERROR event ends the watch with its Status", () => {
  const details = { causes: [{ reason: "ResourceVersionTooLarge" }], retryAfterSeconds: 3 };
  const gone = { kind: "Status", code: 410, reason: "Expired", message: "too old", details };
  assert.throws(
    () => read(frame("ERROR", gone)),
    (error) => {
      assert.ok(error instanceof WatchErrorEvent);
      assert.deepEqual(error.failure, {
        type: "status",
        code: 410,
        reason: "Expired",
        message: "too old",
        causes: ["ResourceVersionTooLarge"],
        details,
        retryAfterSeconds: 3,
      });
      return true;
    },
  );
});

test("an ERROR event without a Status counts as an internal error", () => {
  assert.throws(
    () => read(frame("ERROR", {})),
    (error) => error instanceof WatchErrorEvent && error.failure.code === 500,
  );
});

test("a type that Kubernetes does not define is told apart, with its resource version", () => {
  assert.deepEqual(read(frame("COMPACTED", pod("a"))).lines, ["unknown COMPACTED 5"]);
});

test("an object without a name is skipped, and the resource version with it", () => {
  assert.deepEqual(read(frame("ADDED", { metadata: { resourceVersion: "5" } })).lines, ["unknown ADDED "]);
});

test("a Table instead of an object is skipped, and the resource version with it", () => {
  const table = { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: { resourceVersion: "5" }, rows: [] };
  assert.deepEqual(read(frame("ADDED", table)).lines, ["unknown ADDED "]);
});
