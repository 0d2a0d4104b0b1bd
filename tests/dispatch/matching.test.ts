import assert from "node:assert/strict";
import { suite, test } from "node:test";

import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import { DispatchBench, tier } from "../support/dispatch-bench.ts";

function toldKeys(options: Partial<DispatchOptions>, keys: readonly string[]): string[] {
  const bench = new DispatchBench(options);
  for (const key of keys) bench.write(key);
  return bench.runs.map(({ delivery }) => delivery.object.key);
}

suite("an object matches", () => {
  test("by its namespace", () => {
    assert.deepEqual(toldKeys({ namespaces: ["a"] }, ["a/x", "b/x"]), ["a/x"]);
  });

  test("by its exact name or by a prefix with an asterisk", () => {
    const keys = ["a/web", "a/web-1", "a/api-1", "a/api", "node-1"];
    assert.deepEqual(toldKeys({ names: ["web", "api-*", "node-*"] }, keys), ["a/web", "a/api-1", "node-1"]);
  });

  test("by its labels", () => {
    const bench = new DispatchBench({ selector: tier("web") });
    bench.write("a/1", { labels: { tier: "web" } });
    bench.write("a/2", { labels: { tier: "db" } });
    assert.deepEqual(bench.told, ["added a/1 1"]);
  });
});

suite("a difference is finished silently", () => {
  test("if the handler does not listen to its type, and is the old of the next one", () => {
    const bench = new DispatchBench({ events: ["updated"] });
    bench.write("a/web");
    assert.deepEqual(bench.observed, ["silent added a/web"]);
    bench.write("a/web");
    assert.deepEqual(bench.told, ["updated a/web 1→2"]);
  });

  test("if the handler does not listen to unselected", () => {
    const bench = new DispatchBench({ events: ["added"], selector: tier("web") });
    bench.write("a/web", { labels: { tier: "web" } });
    bench.finish();
    bench.write("a/web", { labels: { tier: "db" } });
    bench.write("a/web", { labels: { tier: "web" } });
    assert.deepEqual(bench.told, ["added a/web 3"]);
  });

  test("if none of the changed paths differs", () => {
    const bench = new DispatchBench({ changed: ["spec.replicas", "metadata.labels['example.com/tier']"] });
    bench.write("a/web", { spec: { replicas: 1 } });
    bench.finish();
    bench.write("a/web", { spec: { replicas: 1, paused: true } });
    assert.deepEqual(bench.told, []);
    bench.write("a/web", { labels: { "example.com/tier": "web" } });
    assert.deepEqual(bench.told, ["updated a/web 2→3"]);
  });

  test("if a change of the paths is taken back while it waits", () => {
    const bench = new DispatchBench({ changed: ["spec.replicas"] });
    bench.write("a/web", { spec: { replicas: 1 } });
    bench.finish();
    bench.dispatcher.pause();
    bench.write("a/web", { spec: { replicas: 2 } });
    bench.write("a/web", { spec: { replicas: 1 } });
    bench.dispatcher.resume();
    assert.deepEqual(bench.told, []);
    assert.deepEqual([...bench.dispatcher.slots], []);
  });

  test("if generationChanged is set and metadata.generation is the same", () => {
    const bench = new DispatchBench({ generationChanged: true });
    bench.write("a/web", { generation: 1 });
    bench.finish();
    bench.write("a/web", { status: "Running" });
    assert.deepEqual(bench.told, []);
    bench.write("a/web", { generation: 2 });
    assert.deepEqual(bench.told, ["updated a/web 2→3"]);
  });

  test("right after the run that it waited for", () => {
    const bench = new DispatchBench({ changed: ["spec"] });
    bench.write("a/web", { spec: 1 });
    bench.write("a/web", { status: 1 });
    bench.finish();
    assert.deepEqual(bench.told, []);
    assert.deepEqual(bench.finishedKeys, ["a/web@1", "a/web@2"]);
  });
});

test("a changed path that is missing differs from one that is there, and only from that", () => {
  const bench = new DispatchBench({ changed: ["spec.template.image"] });
  bench.write("a/web", { spec: { template: null } });
  bench.finish();
  bench.write("a/web", { spec: "text" });
  assert.deepEqual(bench.told, []);
  bench.write("a/web", { spec: { template: { image: "nginx" } } });
  assert.deepEqual(bench.told, ["updated a/web 2→3"]);
});

test("a handler without changed and generationChanged costs no read of the bytes of what it is not told", () => {
  const bench = new DispatchBench({ events: ["deleted"] });
  const unreadable = (resourceVersion: string) => ({
    ...bench.exists("a/web", { resourceVersion }),
    bytes: () => assert.fail("read"),
  });
  bench.dispatcher.change({
    key: "a/web",
    before: unreadable("1"),
    after: unreadable("2"),
    last: undefined,
    relist: false,
  });
  assert.deepEqual(bench.observed, ["silent updated a/web"]);
});
