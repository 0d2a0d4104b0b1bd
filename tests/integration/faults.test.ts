/**
 * Every fault that a server, or what is between, has been seen to make: against informers, with an embedded cluster each.
 * Requests that are never answered end after 90 s of real time: tests/kubernetes has those.
 */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Fault, FaultRule } from "#devcluster/faults/fault.ts";
import { FaultWorld } from "../support/fault-world.ts";

const WATCH = { verb: "watch", resource: "configmaps" };
const LIST = { verb: "list", resource: "configmaps" };

/** At the first change after the start. */
const WATCH_FAULTS: Readonly<Record<string, Fault>> = {
  "a connection that is reset": { type: "stop", how: "reset" },
  "a connection that is closed in the middle of a line": { type: "stop", how: "hangUp", midLine: true },
  "a watch that ends": { type: "stop", how: "end" },
  "an ERROR 410 in the stream": { type: "error", code: 410, reason: "Expired", message: "too old resource version" },
  "an ERROR 500 in the stream": { type: "error", code: 500, reason: "InternalError", message: "etcd went away" },
  "half a line, then silence": { type: "stop", how: "silence", midLine: true },
  "a half-open connection": { type: "stop", how: "silence" },
  "a line that is no JSON": { type: "line", text: "upstream connect error" },
  "an event of an unknown type": {
    type: "line",
    text: '{"type":"SYNCED","object":{"metadata":{"resourceVersion":"1"}}}',
  },
  "an event that comes twice": { type: "duplicate" },
  "lines with CRLF and empty lines between": { type: "crlf" },
  "a last event without its newline": { type: "noNewline" },
  "a bookmark that is ahead of the server": { type: "bookmarkAhead", revisions: 100_000 },
  "pieces of seven bytes": { type: "split", bytes: 7 },
  "a slow drip": { type: "drip", bytesPerSecond: 4000 },
};

const REQUEST_FAULTS: Readonly<Record<string, FaultRule>> = {
  "429 with Retry-After on the watch": {
    match: WATCH,
    times: 2,
    fault: { type: "status", code: 429, retryAfterSeconds: 1 },
  },
  "HTTP 410 on the watch": { match: WATCH, times: 2, fault: { type: "status", code: 410 } },
  "a watch that begins before the server has what was listed": {
    match: WATCH,
    times: 2,
    fault: { type: "status", code: 504, reason: "Timeout", message: "Too large resource version: 9, current: 8" },
  },
  "403 on the watch": { match: WATCH, times: 3, fault: { type: "status", code: 403 } },
  "403 on every watch but the first for a while": {
    match: WATCH,
    after: 1,
    times: 3,
    fault: { type: "status", code: 403 },
  },
  "a burst of 500 on the list": { match: LIST, times: 4, fault: { type: "status", code: 500 } },
  "429 with Retry-After on the list": {
    match: LIST,
    times: 2,
    fault: { type: "status", code: 429, retryAfterSeconds: 1 },
  },
  "a list that breaks off": { match: LIST, times: 2, fault: { type: "cut", bytes: 100, how: "hangUp" } },
  "connections that are reset": { match: LIST, times: 3, fault: { type: "hangUp", reset: true } },
  "answers that take half a second": { times: 6, fault: { type: "delay", ms: 500 } },
};

/** The objects that exist when a watch-list begins: two of the test, and one that every namespace has. */
const INITIAL_EVENTS = 3;

for (const watchList of [true, false]) {
  suite(`an informer ${watchList ? "with" : "without"} watch-lists`, { timeout: 240_000, concurrency: 4 }, () => {
    for (const [title, fault] of Object.entries(WATCH_FAULTS)) {
      test(`loses nothing and tells nothing twice after ${title}`, async () => {
        await using world = await FaultWorld.open({ watchList });
        world.cluster.faults.add({
          match: WATCH,
          fault: { ...fault, ...(watchList && { afterEvents: INITIAL_EVENTS }) },
        });
        await world.start();
        await world.change();
        await world.converge();
        world.assertHistory();
      });
    }

    for (const [title, rule] of Object.entries(REQUEST_FAULTS)) {
      test(`loses nothing and tells nothing twice after ${title}`, async () => {
        await using world = await FaultWorld.open({ watchList });
        await world.start();
        await world.change();
        world.cluster.faults.add(rule);
        world.cluster.compact();
        world.cluster.faults.dropWatches(true);
        world.update("a", "while nobody listened");
        world.delete("c");
        await world.converge();
        world.assertHistory();
      });
    }
  });
}

suite("an informer", { timeout: 120_000, concurrency: 4 }, () => {
  test("follows a resourceVersion that goes backwards, and ends with what is so", async () => {
    await using world = await FaultWorld.open();
    world.cluster.faults.add({ match: WATCH, fault: { type: "backwards", afterEvents: INITIAL_EVENTS } });
    await world.start();
    await world.change();
    await world.converge();
  });

  test("goes on from where it was though most revisions are of other kinds", async () => {
    await using world = await FaultWorld.open();
    world.cluster.faults.add({ match: WATCH, times: 3, fault: { type: "stop", how: "reset", afterEvents: 1 } });
    await world.start();
    await world.changeAmongOthers();
    world.cluster.faults.dropWatches(true);
    world.update("a", "fourth");
    world.delete("c");
    await world.converge();
    world.assertHistory();
  });

  test("lists where the server refuses watch-lists", async () => {
    await using world = await FaultWorld.open({ imperfections: { allowsWatchList: false } });
    await world.start();
    await world.change();
    await world.converge();
    world.assertHistory();
    assert.ok(world.cluster.requests().some(({ verb, path }) => verb === "list" && path.endsWith("/configmaps")));
  });

  test("lists where the initial events of a watch-list never end", async () => {
    await using world = await FaultWorld.open();
    world.cluster.faults.add({ match: WATCH, fault: { type: "noInitialEventsEnd" } });
    await world.start();
    await world.change();
    await world.converge();
    world.assertHistory();
  });

  test("finds with the next list what a watch has lost", async () => {
    await using world = await FaultWorld.open();
    world.cluster.faults.add({ match: WATCH, fault: { type: "skip", afterEvents: INITIAL_EVENTS } });
    await world.start();
    world.create("lost");
    await world.change();
    world.cluster.faults.dropWatches();
    world.update("a", "fourth");
    world.cluster.compact();
    await world.converge();
    world.assertHistory();
  });

  test("finds with the next watch what one of bookmarks only has lost", async () => {
    await using world = await FaultWorld.open();
    world.cluster.faults.add({ match: WATCH, fault: { type: "bookmarksOnly", afterEvents: INITIAL_EVENTS } });
    await world.start();
    await world.change();
    world.cluster.faults.dropWatches(true);
    await world.converge();
    world.assertHistory();
  });

  test("catches up after a first list that was old", async () => {
    await using world = await FaultWorld.open({ imperfections: { staleRevisions: 3 }, staleFirstList: true });
    await world.change();
    await world.start();
    await world.converge();
    world.assertHistory();
  });

  test("never goes back to a list that is older than what it has told", async () => {
    await using world = await FaultWorld.open({ imperfections: { staleRevisions: 6 }, staleFirstList: true });
    await world.start();
    await world.change();
    await world.converge();
    world.cluster.faults.add({ match: WATCH, fault: { type: "status", code: 410 } });
    world.cluster.faults.dropWatches(true);
    world.update("a", "fourth");
    await world.converge();
    world.assertHistory();
  });

  test("comes back from a bookmark that was ahead of the server, and from the 410 that follows", async () => {
    await using world = await FaultWorld.open();
    const bookmark = { type: "bookmarkAhead", revisions: 100_000, afterEvents: INITIAL_EVENTS } as const;
    world.cluster.faults.add({ match: WATCH, fault: bookmark });
    await world.start();
    world.create("c");
    await world.converge();
    world.cluster.faults.add({ match: WATCH, fault: { type: "status", code: 410 } });
    world.cluster.faults.dropWatches();
    world.update("a", "second");
    await world.converge();
    world.assertHistory();
  });

  test("takes an object of a megabyte", async () => {
    await using world = await FaultWorld.open();
    await world.start();
    world.create("large", "x".repeat(1_000_000));
    await world.converge();
    world.assertHistory();
  });

  test("lists anew after the server has come back with other objects, lower resourceVersions and another certificate", async () => {
    await using world = await FaultWorld.open({ store: { firstRevision: 500_000 } });
    await world.start();
    await world.change();
    await world.converge();
    await world.restart({ store: { firstRevision: 1 } });
    world.create("new");
    await world.converge();
    world.assertHistory();
  });
});
