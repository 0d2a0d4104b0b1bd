import assert from "node:assert/strict";
import { test } from "node:test";
import { configMapEvents, type ReferenceTo } from "#assembly/config-map-events.ts";
import type { ObjectReference, RecordedEvent } from "#kubernetes/event-recorder.ts";
import type { Batch } from "#loader/revision.ts";
import { batch, revision } from "../support/revisions.ts";

function mapNamed(name: string): ObjectReference {
  return { apiVersion: "v1", kind: "ConfigMap", namespace: "prod", name, uid: `${name}-uid` };
}

const byFolder: ReferenceTo = (named) => (named.startsWith("gone/") ? undefined : mapNamed(named.split("/")[0] ?? ""));

function toldOf(fields: Partial<Batch>): RecordedEvent[] {
  const told: RecordedEvent[] = [];
  configMapEvents({ record: (event) => void told.push(event) }, byFolder)(batch(fields));
  return told;
}

test("each ConfigMap is told once which of its handlers are new, and which have gone", () => {
  const told = toldOf({
    revisions: ["a/one", "a/two", "b/one"].map((handler) => revision({ handler })),
    removed: ["a/three", "gone/one"],
  });
  assert.deepEqual(
    told.map(({ regarding, type, reason, message }) => [regarding.name, type, reason, message]),
    [
      ["a", "Normal", "HandlersLoaded", 'Loaded "a/one", "a/two"'],
      ["b", "Normal", "HandlersLoaded", 'Loaded "b/one"'],
      ["a", "Normal", "HandlersRemoved", 'Removed "a/three"'],
    ],
  );
  assert.deepEqual(told[0]?.regarding, mapNamed("a"));
});

test("a broken file is told at its place, with what still runs", () => {
  const problems = [{ file: "a/one.ts", line: 3, column: 7, reason: 'Expected ";"', frame: "" }];
  const failures = [
    { file: "a/one.ts", handlers: ["a/one"], problems },
    {
      file: "a/two.ts",
      handlers: [],
      problems: [{ file: "a/two.ts", line: 1, column: 1, reason: "No default export", frame: "" }],
    },
  ];
  assert.deepEqual(
    toldOf({ failures }).map(({ type, reason, message }) => [type, reason, message]),
    [
      ["Warning", "HandlerBuildFailed", 'a/one.ts:3:7 Expected ";"; what loaded last still runs'],
      ["Warning", "HandlerBuildFailed", "a/two.ts:1:1 No default export"],
    ],
  );
});

test("what was restored is not told as loaded", () => {
  assert.deepEqual(toldOf({ revisions: [revision({ handler: "a/one" })], restored: ["a/one"] }), []);
});

test("many handlers are counted behind the first ten", () => {
  const revisions = Array.from({ length: 12 }, (_, index) => revision({ handler: `a/${index}` }));
  assert.match(toldOf({ revisions })[0]?.message ?? "", /^Loaded "a\/0", .*"a\/9", 2 more$/);
});
