import assert from "node:assert/strict";
import { test } from "node:test";
import { RefusedFiles } from "#loader/snapshots/refused-files.ts";
import { layOut, type SnapshotLayout } from "#loader/snapshots/snapshot-layout.ts";
import type { Batch } from "#loader/revision.ts";

function laidOut(...names: string[]): SnapshotLayout {
  return layOut({ files: new Map(names.map((name) => [name, Buffer.from(name)])) });
}

test("files keep their names, and keys of bundles get their folders back", () => {
  const { files, refused } = laidOut("a.ts", "team__b.mjs", "team/c.ts");
  assert.deepEqual([...files.keys()].toSorted(), ["a.ts", "team/b.mjs", "team/c.ts"]);
  assert.equal(refused.size, 0);
});

test("of two keys that mean one file the one that is called so has it, and the other is refused", () => {
  const { files, refused } = laidOut("team__b.mjs", "team/b.mjs");
  assert.equal(Buffer.from(files.get("team/b.mjs") ?? []).toString(), "team/b.mjs");
  const reason = 'It means "team/b.mjs", and so does another one: rename one of them';
  assert.deepEqual([...refused], [["team__b.mjs", reason]]);
});

test("a file that would lie in another file is refused, and the other one stays", () => {
  const { files, refused } = laidOut("a.mjs", "a.mjs__b.mjs", "a.mjs__c__d.mjs");
  assert.deepEqual([...files.keys()], ["a.mjs"]);
  const reason = 'It lies in "a.mjs", which is a file: rename one of them';
  assert.deepEqual([...refused.values()], [reason, reason]);
});

test("keys whose parts are no names of handlers are files of their own", () => {
  const odd = ["x__.mjs", "a__..__x.mjs", "__x.mjs", "a___b.mjs"];
  assert.deepEqual([...laidOut(...odd).files.keys()], odd);
});

test("a refused file is told once, again for another reason, and as gone when it has a place", () => {
  const nothing: Batch = { revisions: [], removed: [], renamed: [], failures: [], conflicts: [] };
  const refused = new RefusedFiles();
  const told = [new Map([["a", "one"]]), new Map([["a", "one"]]), new Map([["a", "two"]]), new Map(), new Map()].map(
    (reasons) => {
      const { failures, gone = [] } = refused.addTo(nothing, reasons);
      return [...failures.map(({ file, problems: [problem] }) => `${file}: ${problem?.reason}`), ...gone];
    },
  );
  assert.deepEqual(told, [["a: one"], [], ["a: two"], ["a"], []]);
});
