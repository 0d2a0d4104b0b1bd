import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";

import type { Notification } from "#informer/notification.ts";
import { SharedInformer } from "#informer/shared-informer.ts";
import { WatchListMemory } from "#informer/reflector/watch-list-memory.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { allPods } from "../support/informer-rig.ts";
import { expired, refused, status } from "../support/scripted-list-watch.ts";
import { SimulatedApiServer } from "../support/simulated-api-server.ts";

const name = fc.constantFrom("a", "b", "c", "d");
const failure = fc.constantFrom(expired, refused, status(429), status(500), status(500, "InternalError"), status(403));

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("write" as const), name }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("delete" as const), name }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 5_000 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("bookmark" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("compact" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("cut" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("break" as const), failure }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("refuse" as const), failure }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function take(server: SimulatedApiServer, clock: FakeClock, one: Step): Promise<void> {
  switch (one.type) {
    case "write":
      return server.write(one.name);
    case "delete":
      return server.delete(one.name);
    case "wait":
      return clock.advance(one.ms);
    case "bookmark":
      return server.bookmark();
    case "compact":
      return server.compact();
    case "cut":
      return server.cut();
    case "break":
      return server.cut({ type: "failed", opened: true, failure: one.failure });
    case "refuse":
      return server.failNext(one.failure);
  }
}

/** What one who only hears the notifications believes to be in the cache. Fails when a notification does not fit to it. */
class Believer {
  readonly believed = new Map<string, string>();

  hear(notification: Notification): void {
    const { type, object } = notification;
    const before = this.believed.get(object.key);
    if (type === "added") assert.equal(before, undefined, `added ${object.key} twice`);
    else assert.equal(before, identity(notification.old), `${type} ${object.key} with another old state`);
    if (type === "deleted") this.believed.delete(object.key);
    else this.believed.set(object.key, identity(object));
  }

  get content(): string[] {
    return Array.from(this.believed, ([key, what]) => `${key}@${what}`).sort();
  }
}

function identity({ resourceVersion, uid }: RawObject): string {
  return `${resourceVersion} ${uid}`;
}

for (const watchList of [false, true]) {
  test(`whatever fails, cache and notifications come to what the server has, ${watchList ? "by watch-list" : "by list and watch"}`, async () => {
    const schedule = fc.array(step, { minLength: 1, maxLength: 40 });
    const run = async (steps: readonly Step[]): Promise<void> => {
      const clock = new FakeClock();
      const server = new SimulatedApiServer();
      const failures: unknown[] = [];
      const deps = {
        clock,
        random: () => 0,
        listWatch: () => server,
        observer: (event: { readonly type: string; readonly error?: unknown }) =>
          void (event.type === "handlerFailed" && failures.push(event.error)),
        watchLists: new WatchListMemory(clock),
      };
      const informer = new SharedInformer(allPods, deps, { watchList, pageSize: 2, resyncMs: 3_000 });
      const early = new Believer();
      const late = new Believer();
      const stop = new AbortController();
      informer.subscribe((notification) => early.hear(notification));
      const running = informer.run(stop.signal);
      for (const [i, one] of steps.entries()) {
        if (i === Math.floor(steps.length / 2)) informer.subscribe((notification) => late.hear(notification));
        await take(server, clock, one);
      }
      await clock.advance(200_000);
      const cached = Array.from(informer.cache.values(), (object) => `${object.key}@${identity(object)}`).sort();
      stop.abort();
      await running;
      assert.deepEqual(failures, []);
      assert.deepEqual(cached, server.content);
      assert.deepEqual(early.content, server.content);
      assert.deepEqual(late.content, server.content);
      assert.deepEqual(clock.pending, []);
    };
    await fc.assert(fc.asyncProperty(schedule, run), { seed: 7, numRuns: 300 });
  });
}
