import assert from "node:assert/strict";
import { test } from "node:test";
import { createMetrics, textOf } from "../../support/observed-metrics.ts";

const WEB = { handler: "web" };

test("a handler's counters are there from its beginning, at zero, so that the first count is an increase", async () => {
  const metrics = createMetrics();
  metrics.handlers.add("web");
  const text = await textOf(metrics);
  for (const name of ["retries_total", "dead_letters_total", "objects_forgotten_total", "duration_seconds_count"]) {
    assert.equal(text.value(`informd_handler_${name}`, WEB), 0, name);
  }
});

test("runs are counted by outcome and cause, and measured in seconds", async () => {
  const metrics = createMetrics();
  metrics.handlers.add("web");
  const web = metrics.handlers.get("web");
  web?.began(1500);
  web?.began(-3);
  web?.ended("done", "live", 20);
  web?.ended("done", "live", 30);
  web?.ended("timed_out", "initial", 40_000);
  web?.retried();
  web?.deadLetter();
  web?.objectForgotten();
  const text = await textOf(metrics);
  assert.equal(text.value("informd_handler_events_total", { ...WEB, outcome: "done", cause: "live" }), 2);
  assert.equal(text.value("informd_handler_events_total", { ...WEB, outcome: "timed_out", cause: "initial" }), 1);
  const within = (le: string) => text.value("informd_handler_duration_seconds_bucket", { ...WEB, le });
  assert.deepEqual([within("0.025"), within("0.05"), within("30"), within("60"), within("+Inf")], [1, 2, 2, 3, 3]);
  assert.equal(text.value("informd_handler_lag_seconds_sum", WEB), 1.5);
  for (const name of ["retries_total", "dead_letters_total", "objects_forgotten_total"]) {
    assert.equal(text.value(`informd_handler_${name}`, WEB), 1, name);
  }
});

test("the series of a handler go with it, and begin anew when it comes back", async () => {
  const metrics = createMetrics();
  for (const handler of ["web", "api"]) metrics.handlers.add(handler);
  metrics.handlers.get("web")?.ended("done", "live", 1);
  metrics.handlers.get("api")?.ended("done", "live", 1);
  metrics.handlers.remove("web");
  assert.equal(metrics.handlers.get("web"), undefined);
  const labels = (await textOf(metrics)).families.flatMap(({ series }) => series.map((one) => one.labels["handler"]));
  assert.deepEqual([labels.includes("web"), labels.includes("api")], [false, true]);
  metrics.handlers.add("web");
  metrics.handlers.get("web")?.ended("failed", "live", 1);
  const text = await textOf(metrics);
  assert.equal(text.sum("informd_handler_events_total", WEB), 1);
});

test("a handler's name is written so that it can be read again", async () => {
  const metrics = createMetrics();
  const handler = 'a "quoted" \\ name\nin two lines';
  metrics.handlers.add(handler);
  metrics.handlers.get(handler)?.retried();
  assert.equal((await textOf(metrics)).value("informd_handler_retries_total", { handler }), 1);
});

test("how handlers stand is asked for at each scrape", async () => {
  let handlers = ["web"];
  const metrics = createMetrics({
    backlogs: () => handlers.map((handler) => ({ handler, queued: 1, waiting: 2, running: 3, parked: 4 })),
    health: () => handlers.map((handler) => ({ handler, states: ["live", "failing"], reasons: {} })),
  });
  const first = await textOf(metrics);
  const of = (name: string) => first.value(`informd_handler_${name}`, WEB);
  assert.deepEqual([of("queue_depth"), of("waiting"), of("in_flight"), of("parked")], [1, 2, 3, 4]);
  const states = first.series("informd_handler_state", WEB).filter(({ value }) => value === 1);
  assert.deepEqual(
    states.map(({ labels }) => labels["state"]),
    ["live", "failing"],
  );
  handlers = [];
  const second = await textOf(metrics);
  assert.deepEqual([second.series("informd_handler_queue_depth"), second.series("informd_handler_state")], [[], []]);
});
