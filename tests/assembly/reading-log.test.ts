import assert from "node:assert/strict";
import { test } from "node:test";
import { readingLog } from "#assembly/log/reading-log.ts";
import type { ListWatchClient, WatchSink } from "#kubernetes/list-watch.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { pods } from "../support/informer-rig.ts";
import { pod, scanned } from "../support/objects.ts";
import { RecordingLogger } from "../support/recording-logger.ts";

const { signal } = new AbortController();
const OBJECT = scanned(pod());

/** A server that sends an object every 100 ms. */
function bench(): { client: ListWatchClient; logger: RecordingLogger; passedOn: string[]; sink: WatchSink } {
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  const passedOn: string[] = [];
  const slow: ListWatchClient = {
    async list(_query, item) {
      for (let at = 0; at < 4; at++) {
        await clock.advance(100);
        item(OBJECT);
      }
      return { type: "page", resourceVersion: "1", continue: undefined };
    },
    async watch(_query, sink) {
      sink.opened();
      for (let at = 0; at < 8; at++) {
        await clock.advance(100);
        sink.event("ADDED", OBJECT);
        if (at === 3) sink.bookmark("1", true);
      }
      return { type: "closed" };
    },
  };
  const client = readingLog(logger, clock, () => slow)({ resource: pods, namespace: "" });
  const sink: WatchSink = {
    opened: () => void passedOn.push("opened"),
    event: (type) => void passedOn.push(type),
    bookmark: () => void passedOn.push("bookmark"),
    unknown: () => void passedOn.push("unknown"),
  };
  return { client, logger, passedOn, sink };
}

test("a list tells now and then how many objects have come, over all its pages", async () => {
  const { client, logger, passedOn } = bench();
  const item = (): void => void passedOn.push("item");
  await client.list({ limit: 4 }, item, signal);
  await client.list({ limit: 4, continue: "next" }, item, signal);
  assert.equal(passedOn.length, 8);
  assert.deepEqual(logger.lines, ["debug informer reading", "debug informer reading"]);
  assert.deepEqual(logger.fields, [
    { resource: "pods", objects: 3 },
    { resource: "pods", objects: 6 },
  ]);
});

test("of a watch only the objects that were there before it are counted", async () => {
  const { client, logger, passedOn, sink } = bench();
  await client.watch({ resourceVersion: "", timeoutSeconds: 1, sendInitialEvents: true }, sink, signal);
  assert.deepEqual(logger.fields, [{ resource: "pods", objects: 3 }]);
  assert.deepEqual(
    passedOn.filter((one) => one !== "ADDED"),
    ["opened", "bookmark"],
  );
  await client.watch({ resourceVersion: "1", timeoutSeconds: 1 }, sink, signal);
  assert.equal(logger.fields.length, 1);
});
