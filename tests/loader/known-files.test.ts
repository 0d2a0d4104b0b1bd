import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileOutcome } from "#loader/file-loader.ts";
import { KnownFiles } from "#loader/directory/known-files.ts";
import type { Batch } from "#loader/revision.ts";
import { revision } from "../support/revisions.ts";

/** One look at files that all load; `text` stands for their bytes. */
function look(known: KnownFiles, files: Readonly<Record<string, FileOutcome>>, now = 0): Batch {
  const listing = { files: Object.keys(files), conflicts: [] };
  return known.absorb(listing, new Map(Object.entries(files)), now, "patient");
}

function loaded(file: string, text: string, handler = file.replace(".ts", "")): FileOutcome {
  const sources = new Map([[`/handlers/${file}`, text]]);
  return { type: "loaded", revisions: [revision({ handler, code: `${file} ${text}` })], sources };
}

function broken(text: string): FileOutcome {
  const problem = { file: "a.ts", line: 1, column: 1, reason: text, frame: "" };
  return { type: "failed", problems: [problem], sources: new Map([["/handlers/a.ts", text]]) };
}

test("failure is told after 150 ms, if nothing was saved since", () => {
  const known = new KnownFiles();
  assert.deepEqual(look(known, { "a.ts": broken("half") }).failures, []);
  assert.equal(known.nextDue(50), 100);
  assert.deepEqual(look(known, { "a.ts": broken("half a line") }, 100).failures, []);
  assert.equal(known.nextDue(150), 100);
  const told = known.absorb({ files: ["a.ts"], conflicts: [] }, new Map(), 250, "patient").failures;
  assert.deepEqual(
    told.map(({ problems }) => problems[0]?.reason),
    ["half a line"],
  );
  assert.equal(known.nextDue(250), undefined);
});

test("removal is told after 300 ms, if the file does not come back", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": loaded("a.ts", "1"), "b.ts": loaded("b.ts", "2") });
  const rest = { files: ["b.ts"], conflicts: [] };
  assert.deepEqual(known.absorb(rest, new Map(), 1_000, "patient").removed, []);
  assert.equal(known.nextDue(1_000), 300);
  assert.deepEqual(known.absorb({ ...rest, files: ["a.ts", "b.ts"] }, new Map(), 1_200, "patient").removed, []);
  assert.deepEqual(known.absorb(rest, new Map(), 1_300, "patient").removed, []);
  assert.deepEqual(known.absorb(rest, new Map(), 1_599, "patient").removed, []);
  assert.deepEqual(known.absorb(rest, new Map(), 1_600, "patient").removed, ["a"]);
});

test("file that is gone and one of equal bytes that came are a rename, but each only once", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": loaded("a.ts", "same") });
  const batch = look(known, { "b.ts": loaded("b.ts", "same"), "c.ts": loaded("c.ts", "same") });
  assert.deepEqual(
    batch.renamed.map(({ from, to }) => `${from} ${to.handler}`),
    ["a b"],
  );
  assert.deepEqual(
    batch.revisions.map(({ handler }) => handler),
    ["c"],
  );
});

test("copy is a new handler as long as the original is there", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": loaded("a.ts", "same") });
  const batch = look(known, { "a.ts": loaded("a.ts", "same"), "b.ts": loaded("b.ts", "same") });
  assert.deepEqual([batch.renamed, batch.revisions.map(({ handler }) => handler)], [[], ["b"]]);
});

test("file whose handler takes the name of another file's is a conflict and does not load", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": loaded("a.ts", "1") });
  const batch = look(known, { "a.ts": loaded("a.ts", "1"), "b.ts": loaded("b.ts", "2", "a") });
  assert.deepEqual(batch.conflicts, [{ handler: "a", files: ["a.ts", "b.ts"] }]);
  assert.deepEqual(batch.revisions, []);
});

test("entry that is gone from a file is removed, the others are told only if they changed", () => {
  const known = new KnownFiles();
  const sources = new Map([["/handlers/a.ts", "1"]]);
  const [first, second] = [revision({ handler: "a#0", code: "x" }), revision({ handler: "a#1", code: "y" })];
  look(known, { "a.ts": { type: "loaded", revisions: [first, second], sources } });
  const batch = look(known, { "a.ts": { type: "loaded", revisions: [first], sources } });
  assert.deepEqual([batch.revisions, batch.removed], [[], ["a#1"]]);
});

test("conflict is told once for as long as it lasts", () => {
  const known = new KnownFiles();
  const conflicts = [{ handler: "a", files: ["a.js", "a.ts"] }];
  const told = (): number => known.absorb({ files: [], conflicts }, new Map(), 0, "patient").conflicts.length;
  assert.deepEqual([told(), told()], [1, 0]);
  known.absorb({ files: [], conflicts: [] }, new Map(), 0, "patient");
  assert.equal(told(), 1);
});

test("handler goes on in a file of another extension, whatever is in it", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": loaded("a.ts", "1") });
  const batch = look(known, { "a.js": loaded("a.js", "2", "a") }, 10);
  assert.deepEqual([batch.conflicts, batch.renamed, batch.revisions.map(({ handler }) => handler)], [[], [], ["a"]]);
  assert.deepEqual(look(known, { "a.js": loaded("a.js", "2", "a") }, 1_000).removed, []);
});

test("failure of a file that is gone waits for nothing but the removal", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": broken("half") });
  look(known, {}, 100);
  assert.equal(known.nextDue(200), 200);
});

test("rename to the id of another file's handler is a conflict, and the old handler is removed", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": loaded("a.ts", "same"), "b.ts": loaded("b.ts", "other") });
  const files = { "b.ts": loaded("b.ts", "other"), "c.ts": loaded("c.ts", "same", "b") };
  const batch = look(known, files);
  assert.deepEqual([batch.renamed, batch.conflicts], [[], [{ handler: "b", files: ["b.ts", "c.ts"] }]]);
  assert.deepEqual(known.absorb({ files: Object.keys(files), conflicts: [] }, new Map(), 300, "patient").removed, [
    "a",
  ]);
});

test("files that claim one id at once are one conflict, and none of them loads", () => {
  const known = new KnownFiles();
  const batch = look(known, { "a.ts": loaded("a.ts", "1", "same"), "b.ts": loaded("b.ts", "2", "same") });
  assert.deepEqual([batch.revisions, batch.conflicts], [[], [{ handler: "same", files: ["a.ts", "b.ts"] }]]);
});

test("handler that moves to another file in one step goes on there", () => {
  const known = new KnownFiles();
  look(known, { "b.ts": loaded("b.ts", "1", "moved") });
  const batch = look(known, { "a.ts": loaded("a.ts", "2", "moved"), "b.ts": loaded("b.ts", "3", "stayed") });
  assert.deepEqual(
    [batch.conflicts, batch.revisions.map(({ handler }) => handler), batch.removed],
    [[], ["moved", "stayed"], []],
  );
});

test("file that was told not to load is told gone; one of which nothing was told, or that holds handlers, is not", () => {
  const known = new KnownFiles();
  look(known, { "a.ts": broken("half") });
  const here = { files: ["a.ts"], conflicts: [] };
  const nowhere = { files: [], conflicts: [] };
  assert.equal(known.absorb(here, new Map(), 150, "patient").failures.length, 1);
  assert.equal(known.absorb(nowhere, new Map(), 200, "patient").gone, undefined);
  assert.deepEqual(known.absorb(nowhere, new Map(), 500, "patient").gone, ["a.ts"]);
  assert.equal(known.absorb(nowhere, new Map(), 600, "patient").gone, undefined);
  look(known, { "a.ts": broken("half") }, 1_000);
  known.absorb(nowhere, new Map(), 1_050, "patient");
  assert.equal(known.absorb(nowhere, new Map(), 1_400, "patient").gone, undefined);
  look(known, { "b.ts": loaded("b.ts", "1") }, 2_000);
  known.absorb(nowhere, new Map(), 2_100, "patient");
  const { removed, gone } = known.absorb(nowhere, new Map(), 2_400, "patient");
  assert.deepEqual([removed, gone], [["b"], undefined]);
});

test("files that claimed one id are told gone, but not while another file claims it with them or they load", () => {
  const known = new KnownFiles();
  const conflict = { handler: "a", files: ["a.js", "a.mjs", "a.ts"] };
  known.absorb({ files: [], conflicts: [conflict] }, new Map(), 0, "patient");
  const two = { handler: "a", files: ["a.js", "a.ts"] };
  assert.deepEqual(known.absorb({ files: [], conflicts: [two] }, new Map(), 1, "patient").gone, ["a.mjs"]);
  assert.deepEqual(known.absorb({ files: ["a.ts"], conflicts: [] }, new Map(), 2, "patient").gone, ["a.js"]);
  assert.equal(known.absorb({ files: [], conflicts: [] }, new Map(), 3, "patient").gone, undefined);
});

test("code that has moved to other lines and is the same is told as moved, once", () => {
  const known = new KnownFiles();
  const built = (sourceMap: string): Readonly<Record<string, FileOutcome>> => ({
    "a.ts": {
      type: "loaded",
      revisions: [revision({ handler: "a", sourceMap })],
      sources: new Map([["a.ts", sourceMap]]),
    },
  });
  const moved = (sourceMap: string): readonly (string | undefined)[] => {
    const { revisions, moved } = look(known, built(sourceMap));
    assert.deepEqual(revisions, []);
    return (moved ?? []).map(({ bundle }) => bundle.sourceMap);
  };
  assert.equal(look(known, built("1")).moved?.length, 0);
  assert.deepEqual(moved("2"), ["2"]);
  assert.deepEqual(moved("2"), []);
  assert.deepEqual(moved("1"), ["1"]);
});

test("a file that loads again after a failure is told whole, wherever its lines are", () => {
  const known = new KnownFiles();
  const built = (sourceMap: string): Readonly<Record<string, FileOutcome>> => ({
    "a.ts": { type: "loaded", revisions: [revision({ handler: "a", sourceMap })], sources: new Map() },
  });
  look(known, built("1"));
  look(known, { "a.ts": broken("2") });
  const { revisions, moved } = look(known, built("2"));
  assert.deepEqual([revisions.length, moved], [1, []]);
});

test("a path that holds something else has no effect if nothing is new in whatever was built of it", () => {
  const known = new KnownFiles();
  const built = (code: string, hashes: Readonly<Record<string, string>>): FileOutcome => ({
    type: "loaded",
    revisions: [revision({ handler: code.charAt(0), code })],
    sources: new Map(Object.entries(hashes)),
  });
  const first = { "a.ts": built("a1", { a: "1", shared: "1" }), "b.ts": built("b1", { b: "1", shared: "1" }) };
  const unseen = (files: Readonly<Record<string, FileOutcome>>): readonly string[] =>
    known.withoutEffect(new Map(Object.entries(files)));
  assert.deepEqual(unseen(first), []);
  look(known, first);
  assert.deepEqual(unseen(first), []);
  const comment = { "a.ts": built("a1", { a: "1", shared: "2" }), "b.ts": built("b1", { b: "1", shared: "2" }) };
  assert.deepEqual(unseen(comment), ["shared"]);
  assert.deepEqual(unseen({ ...comment, "b.ts": built("b2", { b: "1", shared: "2" }) }), []);
  assert.deepEqual(unseen({ ...comment, "a.ts": { ...broken("2"), sources: new Map([["shared", "2"]]) } }), []);
  look(known, comment);
  assert.deepEqual(unseen(comment), []);
});
