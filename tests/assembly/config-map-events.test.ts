import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigMapEvents, type ReferenceTo } from "#assembly/handlers/config-map-events.ts";
import type { ObjectReference, RecordedEvent } from "#kubernetes/event-recorder.ts";
import type { Batch } from "#loader/revision.ts";
import { batch, revision } from "../support/revisions.ts";

function mapNamed(name: string): ObjectReference {
  return { apiVersion: "v1", kind: "ConfigMap", namespace: "prod", name, uid: `${name}-uid` };
}

const byFolder: ReferenceTo = (named) => (named.startsWith("gone/") ? undefined : mapNamed(named.split("/")[0] ?? ""));

function observed(): { readonly told: RecordedEvent[]; readonly events: ConfigMapEvents } {
  const told: RecordedEvent[] = [];
  return { told, events: new ConfigMapEvents({ record: (event) => void told.push(event) }, byFolder) };
}

function toldOf(fields: Partial<Batch>): RecordedEvent[] {
  const { told, events } = observed();
  events.applied(batch(fields));
  return told;
}

test("each ConfigMap is told once which of its handlers are new, and which have gone", () => {
  const told = toldOf({
    revisions: ["a/one", "a/two", "b/one"].map((handler) => ({ ...revision({ handler }), id: "0123456789ab" })),
    removed: ["a/three", "gone/one"],
  });
  assert.deepEqual(
    told.map(({ regarding, type, reason, message }) => [regarding.name, type, reason, message]),
    [
      ["a", "Normal", "HandlersLoaded", 'Loaded "a/one" (0123456789ab), "a/two" (0123456789ab)'],
      ["b", "Normal", "HandlersLoaded", 'Loaded "b/one" (0123456789ab)'],
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
  assert.match(toldOf({ revisions })[0]?.message ?? "", /^Loaded "a\/0" .*"a\/9" [^"]*, 2 more$/);
});

test("a handler under another key is told as loaded and removed", () => {
  const told = toldOf({ renamed: [{ from: "a/one", to: revision({ handler: "b/one" }) }] });
  assert.deepEqual(
    told.map(({ regarding, reason }) => [regarding.name, reason]),
    [
      ["b", "HandlersLoaded"],
      ["a", "HandlersRemoved"],
    ],
  );
});

test("two files of one id are told on the map", () => {
  const conflicts = [{ handler: "a/one", files: ["a/one.mjs", "a/one.ts"] }];
  assert.deepEqual(
    toldOf({ conflicts }).map(({ reason, message }) => [reason, message]),
    [["HandlerConflict", '"a/one.mjs", "a/one.ts" have one id, "a/one": rename one of them']],
  );
});

test("a handler that does not start is told once for each revision, without its error's words", () => {
  const { told, events } = observed();
  const { refused, live } = events.supervisorObserver;
  const error = {
    name: "Error",
    message: "token abc",
    stack: "",
    code: undefined,
    at: { file: "a/one.ts", line: 2, column: 5 },
  };
  refused?.(revision({ handler: "a/one", code: "v2" }), error, true);
  refused?.(revision({ handler: "a/one", code: "v2" }), error, true);
  refused?.(revision({ handler: "a/one", code: "v3" }), { ...error, at: undefined }, false);
  assert.deepEqual(
    told.map(({ type, reason, message }) => [type, reason, message]),
    [
      [
        "Warning",
        "HandlerRefused",
        'a/one.ts:2:5 Handler "a/one" does not start; what loaded last still runs. The log\'s "handler refused" says why',
      ],
      ["Warning", "HandlerRefused", 'a/one.ts Handler "a/one" does not start. The log\'s "handler refused" says why'],
    ],
  );
  live?.(revision({ handler: "a/one", code: "v1" }), { afterMs: 1, sinceSeenMs: 1 });
  refused?.(revision({ handler: "a/one", code: "v3" }), error, true);
  assert.equal(told.length, 3);
});
