import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { DispatchBench, tier } from "../support/dispatch-bench.ts";

const WEB = { labels: { tier: "web" } };
const DB = { labels: { tier: "db" } };

function bench(): DispatchBench {
  return new DispatchBench({ selector: tier("web") });
}

/** A bench whose handler has finished `a/web` at version 1. */
function finishedBench(): DispatchBench {
  const b = bench();
  b.write("a/web", WEB);
  b.finish();
  return b;
}

suite("a handler that has finished nothing", () => {
  test("is told added of an object that matches", () => {
    const b = bench();
    b.write("a/web", WEB);
    assert.deepEqual(b.told, ["added a/web 1"]);
  });

  test("is told nothing of an object that does not match", () => {
    const b = bench();
    b.write("a/web", DB);
    b.remove("a/web");
    assert.deepEqual(b.told, []);
    assert.deepEqual([...b.dispatcher.slots], []);
  });

  test("is told added, then deleted, of an object that came and went and matched at last", () => {
    const b = bench();
    b.dispatcher.pause();
    b.write("a/web", WEB);
    b.remove("a/web");
    b.dispatcher.resume();
    assert.deepEqual(b.drain(), ["added a/web 2", "deleted a/web 2"]);
  });

  test("is told nothing of an object that came and went and did not match at last", () => {
    const b = bench();
    b.dispatcher.pause();
    b.write("a/web", WEB);
    b.write("a/web", DB);
    b.remove("a/web");
    b.dispatcher.resume();
    assert.deepEqual(b.drain(), []);
  });
});

suite("a handler that has finished a version", () => {
  test("is told updated of another one", () => {
    const b = finishedBench();
    b.write("a/web");
    assert.deepEqual(b.told, ["updated a/web 1→2"]);
  });

  test("is told updated of an older one, as after a restore of etcd", () => {
    const b = finishedBench();
    b.write("a/web", { resourceVersion: "0" });
    assert.deepEqual(b.told, ["updated a/web 1→0"]);
  });

  test("is told nothing of the same one", () => {
    const b = finishedBench();
    b.write("a/web", { resourceVersion: "1" });
    assert.deepEqual(b.told, []);
  });

  test("is told deleted with the last known state", () => {
    const b = finishedBench();
    b.remove("a/web");
    assert.deepEqual(b.told, ["deleted a/web 2"]);
    assert.equal(b.runs[0]?.delivery.finalStateUnknown, false);
  });

  test("is told deleted with finalStateUnknown if only a relist found it gone", () => {
    const b = finishedBench();
    b.remove("a/web", { missed: true });
    assert.deepEqual(b.told, ["deleted a/web 1"]);
    assert.equal(b.runs[0]?.delivery.finalStateUnknown, true);
  });

  test("is told deleted, then added, of another uid", () => {
    const b = finishedBench();
    b.write("a/web", { uid: "other" }, { relist: true });
    assert.deepEqual(b.drain(), ["deleted a/web 1", "added a/web 2"]);
  });

  test("is told unselected of an object that matches no more, and added when it matches again", () => {
    const b = finishedBench();
    b.write("a/web", DB);
    assert.deepEqual(b.drain(), ["unselected a/web 1→2"]);
    b.write("a/web", WEB);
    assert.deepEqual(b.told, ["added a/web 3"]);
    assert.deepEqual(b.causes, ["selected"]);
  });

  test("is told a real delete of an object that matches no more as deleted", () => {
    const b = finishedBench();
    b.write("a/busy", WEB);
    b.dispatcher.pause();
    b.write("a/web", DB);
    b.remove("a/web");
    b.dispatcher.resume();
    assert.deepEqual(b.drain(), ["added a/busy 2", "deleted a/web 4"]);
  });

  test("is told unselected of an object that left a selector of the API server, with what it finished as old", () => {
    const b = finishedBench();
    b.remove("a/web", { left: true });
    assert.deepEqual(b.drain(), ["unselected a/web 1→2"]);
    b.write("a/web", { ...WEB, uid: "uid-1" });
    assert.deepEqual(b.told, ["added a/web 3"]);
  });

  test("is told updated of an object that was back under a selector of the API server in time", () => {
    const b = finishedBench();
    b.dispatcher.pause();
    b.remove("a/web", { left: true });
    b.write("a/web", { ...WEB, uid: "uid-1" });
    b.dispatcher.resume();
    assert.deepEqual(b.drain(), ["updated a/web 1→3"]);
  });
});

test("entering and leaving the selector between two starts is not told", () => {
  const b = bench();
  b.dispatcher.pause();
  b.write("a/web", WEB);
  b.write("a/web", DB);
  b.dispatcher.resume();
  assert.deepEqual(b.told, []);
  assert.deepEqual([...b.dispatcher.slots], []);
});
