import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { shownWrites } from "#broker/caches/shown-writes.ts";
import type { ResourceCache } from "#broker/ports.ts";
import type { ObjectAnswer } from "#kubernetes/object-client.ts";
import { DEPLOYMENTS, PODS } from "../../support/api-resources.ts";
import { FakeObjectClient } from "../../support/brokered-handler.ts";
import { FakeClock, settle } from "../../support/fake-clock.ts";
import { FollowedCache } from "../../support/followed-cache.ts";
import { type Metadata, pod } from "../../support/objects.ts";

const IN_PROD = { resource: PODS, namespace: "prod" };
const WEB = { ...IN_PROD, name: "web" };

const web = (metadata: Metadata = {}) => pod({ name: "web", namespace: "prod", ...metadata });

/** A write that the server answers with `answer`, and how far it is. */
function bench(answer: unknown, caches: readonly ResourceCache[]) {
  const clock = new FakeClock();
  const server = new FakeObjectClient();
  server.answer = { type: "object", object: answer };
  const objects = shownWrites(server, caches, clock);
  const run = new AbortController();
  const start = (write: Promise<ObjectAnswer>) => {
    const state = { isDone: false, answer: write };
    void write.then(() => (state.isDone = true));
    return state;
  };
  return {
    clock,
    server,
    run,
    patch: () => start(objects.patch(WEB, {}, "merge", run.signal)),
    create: () => start(objects.create(IN_PROD, {}, run.signal)),
    delete: () => start(objects.delete(WEB, run.signal)),
  };
}

suite("a write to a cached resource", () => {
  test("resolves when the cache has what the server answered", async () => {
    const cache = new FollowedCache();
    const write = bench(web({ resourceVersion: "10" }), [cache]).create();
    await settle();
    assert.equal(write.isDone, false);
    cache.show(web({ resourceVersion: "10" }));
    await settle();
    assert.equal(write.isDone, true);
    assert.equal(cache.followers, 0);
  });

  test("resolves when the cache has something later", async () => {
    const cache = new FollowedCache();
    cache.show(web({ resourceVersion: "8" }));
    const write = bench(web({ resourceVersion: "9" }), [cache]).patch();
    cache.show(web({ resourceVersion: "8" }));
    await settle();
    assert.equal(write.isDone, false);
    cache.show(web({ resourceVersion: "10" }));
    await settle();
    assert.equal(write.isDone, true);
  });

  test("resolves at once if the watch was faster than the answer", async () => {
    const cache = new FollowedCache();
    cache.show(web({ resourceVersion: "10" }));
    const { clock, patch } = bench(web({ resourceVersion: "10" }), [cache]);
    const write = patch();
    await settle();
    assert.equal(write.isDone, true);
    assert.deepEqual(clock.pending, []);
  });

  test("resolves after a second when the cache is behind by more, and puts nothing into the cache", async () => {
    const cache = new FollowedCache();
    const { clock, create } = bench(web({ resourceVersion: "10" }), [cache]);
    const write = create();
    await clock.advance(999);
    assert.equal(write.isDone, false);
    await clock.advance(1);
    assert.equal(write.isDone, true);
    assert.equal(cache.reader.size, 0);
    assert.equal(cache.followers, 0);
  });

  test("resolves when the object is gone again already", async () => {
    const cache = new FollowedCache();
    cache.show(web({ resourceVersion: "8" }));
    const write = bench(web({ resourceVersion: "9" }), [cache]).patch();
    await settle();
    cache.drop(web());
    await settle();
    assert.equal(write.isDone, true);
  });

  test("waits for each of the handler's caches of that resource, and for no other", async () => {
    const caches = [new FollowedCache(), new FollowedCache()];
    const elsewhere = new FollowedCache(DEPLOYMENTS);
    const write = bench(web({ resourceVersion: "10" }), [...caches, elsewhere]).patch();
    caches[0]?.show(web({ resourceVersion: "10" }));
    await settle();
    assert.equal(write.isDone, false);
    caches[1]?.show(web({ resourceVersion: "10" }));
    await settle();
    assert.equal(write.isDone, true);
  });

  test("does not wait for a cache that never gets the object", async () => {
    const asked: unknown[] = [];
    const cache: ResourceCache = Object.assign(new FollowedCache(), {
      watches: (...of: readonly unknown[]) => {
        asked.push(of);
        return false;
      },
    });
    const write = bench(web({ labels: { app: "web" } }), [cache]).patch();
    await settle();
    assert.equal(write.isDone, true);
    assert.deepEqual(asked, [["prod", { app: "web" }]]);
  });

  test("resolves with the server's answer when the run ends meanwhile: it is done", async () => {
    const { run, create } = bench(web({ resourceVersion: "10" }), [new FollowedCache()]);
    const write = create();
    await settle();
    run.abort(new Error("too late"));
    assert.equal((await write.answer).type, "object");
  });

  test("does not wait for versions that cannot be compared", async () => {
    const cache = new FollowedCache();
    cache.show(web({ resourceVersion: "8" }));
    const write = bench(web({ resourceVersion: "abc" }), [cache]).patch();
    await settle();
    assert.equal(write.isDone, true);
  });

  test("that the server refuses rejects at once", async () => {
    const { server, patch } = bench({}, [new FollowedCache()]);
    server.answer = { type: "unreachable", code: "ECONNRESET", message: "reset" };
    assert.equal((await patch().answer).type, "unreachable");
  });

  test("that is a dry run does not wait", async () => {
    const server = new FakeObjectClient();
    server.isDryRun = true;
    server.answer = { type: "object", object: web({ resourceVersion: "10" }) };
    await shownWrites(server, [new FollowedCache()], new FakeClock()).patch(
      WEB,
      {},
      "merge",
      new AbortController().signal,
    );
  });
});

suite("a delete of a cached object", () => {
  const gone = { kind: "Status", status: "Success", details: { name: "web", uid: "uid-web" } };

  for (const [how, change] of [
    ["is gone", (cache) => cache.drop(web())],
    ["is another one of that name", (cache) => cache.show(web({ uid: "uid-2", resourceVersion: "9" }))],
    ["is going", (cache) => cache.show(web({ resourceVersion: "9", deletionTimestamp: "2026-01-01T00:00:00Z" }))],
  ] as const satisfies readonly (readonly [string, (cache: FollowedCache) => void])[]) {
    test(`resolves when the cache shows that it ${how}`, async () => {
      const cache = new FollowedCache();
      cache.show(web({ resourceVersion: "8" }));
      const write = bench(gone, [cache]).delete();
      cache.show(web({ resourceVersion: "8", labels: { late: "yes" } }));
      await settle();
      assert.equal(write.isDone, false);
      change(cache);
      await settle();
      assert.equal(write.isDone, true);
      assert.equal(cache.followers, 0);
    });
  }

  test("that the cache does not have resolves at once", async () => {
    const write = bench(gone, [new FollowedCache()]).delete();
    await settle();
    assert.equal(write.isDone, true);
  });
});
