import assert from "node:assert/strict";
import { test } from "node:test";
import { createStaticCatalog, DiscoveredCatalog } from "#kubernetes/discovery/discovered-catalog.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { apiResource, podResource } from "../support/cluster-builders.ts";
import { FakeClock } from "../support/fake-clock.ts";

const widget = apiResource("widgets", "Widget", { group: "example.com" });
const refused: RequestFailure = { type: "unreachable", code: "ECONNREFUSED", message: "refused" };
const neverAborted = (): AbortSignal => new AbortController().signal;

/** A catalog over answers that are given in order, the last one for ever. */
function catalogOver(...answers: (readonly ApiResource[] | RequestFailure)[]) {
  const clock = new FakeClock();
  const asked = { times: 0 };
  const discover = (): Promise<readonly ApiResource[] | RequestFailure> => {
    const answer = answers[Math.min(asked.times++, answers.length - 1)] ?? [];
    return Promise.resolve(answer);
  };
  return { catalog: new DiscoveredCatalog({ clock, discover }), clock, asked };
}

test("a catalog asks the server once for many names", async () => {
  const { catalog, asked } = catalogOver([podResource, widget]);
  const names = ["pods", "po", "Widget"];
  const found = await Promise.all(names.map((name) => catalog.resolve(name, neverAborted())));
  assert.deepEqual(
    found.map(({ type }) => type),
    ["found", "found", "found"],
  );
  assert.equal(asked.times, 1);
});

test("a name that is unknown is looked for again after five seconds, when its CRD may have come", async () => {
  const { catalog, clock, asked } = catalogOver([podResource], [podResource, widget]);
  assert.equal((await catalog.resolve("widgets", neverAborted())).type, "unknown");
  await clock.advance(4_999);
  assert.equal((await catalog.resolve("widgets", neverAborted())).type, "unknown");
  assert.equal(asked.times, 1);
  await clock.advance(1);
  assert.deepEqual(await catalog.resolve("widgets", neverAborted()), { type: "found", resource: widget });
});

test("a known name is believed for a minute", async () => {
  const newer = { ...podResource, version: "v2" };
  const { catalog, clock } = catalogOver([podResource], [newer]);
  await catalog.resolve("pods", neverAborted());
  await clock.advance(59_999);
  assert.deepEqual(await catalog.resolve("pods", neverAborted()), { type: "found", resource: podResource });
  await clock.advance(1);
  assert.deepEqual(await catalog.resolve("pods", neverAborted()), { type: "found", resource: newer });
});

test("while the server does not answer, known names stay known and others are failures", async () => {
  const { catalog, clock } = catalogOver([podResource], refused);
  await catalog.resolve("pods", neverAborted());
  await clock.advance(60_000);
  assert.deepEqual(await catalog.resolve("pods", neverAborted()), { type: "found", resource: podResource });
  const widgets = catalog.resolve("widgets", neverAborted());
  assert.deepEqual(await catalog.resolve("pods", neverAborted()), { type: "found", resource: podResource });
  await clock.advance(1_000);
  assert.deepEqual(await widgets, { type: "failed", failure: refused });
});

test("a server that did not answer is asked again after a second, for all who wait for it together", async () => {
  const { catalog, clock, asked } = catalogOver(refused, [podResource]);
  assert.equal((await catalog.resolve("pods", neverAborted())).type, "failed");
  const waiting = Array.from({ length: 10 }, (_, i) => catalog.resolve(i === 0 ? "pods" : `pods${i}`, neverAborted()));
  await clock.advance(999);
  assert.equal(asked.times, 1);
  await clock.advance(1);
  const types = (await Promise.all(waiting)).map(({ type }) => type);
  assert.deepEqual([types[0], new Set(types.slice(1))], ["found", new Set(["unknown"])]);
  assert.equal(asked.times, 2);
});

test("waiting for the server ends when the signal aborts", async () => {
  const catalog = new DiscoveredCatalog({ clock: new FakeClock(), discover: () => new Promise(() => {}) });
  const stop = new AbortController();
  const resolution = catalog.resolve("pods", stop.signal);
  stop.abort(new Error("stopped"));
  await assert.rejects(resolution, /stopped/);
});

test("a static catalog knows its table", async () => {
  const catalog = createStaticCatalog([podResource]);
  assert.equal((await catalog.resolve("po", neverAborted())).type, "found");
  assert.deepEqual(await catalog.resolve("pds", neverAborted()), { type: "unknown", nearest: ["pods"] });
});
