import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change } from "#devcluster/storage/change.ts";
import { History } from "#devcluster/storage/history.ts";

test("the history holds every change after the revision that it is compacted to", () => {
  const history = historyOf({ count: 100, bytes: 1e6 }, 5);
  assert.equal(history.compactedTo, 0);
  assert.deepEqual(revisions(history.after(0)), [1, 2, 3, 4, 5]);
  assert.deepEqual(revisions(history.after(3)), [4, 5]);
  history.compact(3);
  assert.equal(history.compactedTo, 3);
  assert.deepEqual(revisions(history.after(3)), [4, 5]);
});

test("compaction to an older revision changes nothing", () => {
  const history = historyOf({ count: 100, bytes: 1e6 }, 5);
  history.compact(4);
  history.compact(2);
  assert.equal(history.compactedTo, 4);
  assert.deepEqual(revisions(history.after(4)), [5]);
});

test("a long history drops its oldest changes", () => {
  const history = historyOf({ count: 8, bytes: 1e6 }, 1000);
  assert.ok(revisions(history.after(history.compactedTo)).length >= 8);
  assert.ok(history.compactedTo >= 1000 - 10);
  assert.equal(revisions(history.after(history.compactedTo)).length, 1000 - history.compactedTo);
});

test("a history of large objects is short", () => {
  const history = historyOf({ count: 20_000, bytes: 100_000 }, 1000, "x".repeat(10_000));
  assert.ok(1000 - history.compactedTo <= 13);
  assert.ok(1000 - history.compactedTo >= 8);
});

test("the newest change stays, however large it is", () => {
  const history = historyOf({ count: 20_000, bytes: 1000 }, 5, "x".repeat(10_000));
  assert.deepEqual(revisions(history.after(history.compactedTo)), [5]);
});

function historyOf(limits: { count: number; bytes: number }, count: number, text = ""): History {
  const history = new History(limits, 0);
  for (let revision = 1; revision <= count; revision++) history.push(change(revision, text));
  return history;
}

function change(revision: number, text: string): Change {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { text } };
  return { revision, type: "MODIFIED", storage: "configmaps", object, previous: object };
}

function revisions(changes: readonly Change[]): number[] {
  return changes.map(({ revision }) => revision);
}
