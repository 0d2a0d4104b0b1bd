import assert from "node:assert/strict";
import { test } from "node:test";
import { FileFailures } from "#assembly/monitoring/file-failures.ts";
import { handlerHealth } from "#assembly/monitoring/handler-health.ts";
import { Refusals } from "#assembly/monitoring/refusals.ts";
import type { Batch } from "#loader/revision.ts";
import { batch, revision } from "../../support/revisions.ts";
import { SupervisorBench } from "../../support/supervisor-bench.ts";

/** A supervisor and what health says of its handlers. */
class HealthBench {
  readonly failures = new FileFailures();
  readonly refusals = new Refusals();
  readonly bench = new SupervisorBench({}, { observer: this.refusals.observer });

  async apply(fields: Partial<Batch>): Promise<void> {
    await this.bench.apply(fields);
    this.failures.applied(batch(fields));
  }

  /** `handler: state state`. */
  get states(): string[] {
    return this.#health.map(({ handler, states }) => `${handler}: ${states.join(" ")}`);
  }

  get reasons(): Readonly<Partial<Record<string, string>>>[] {
    return this.#health.map(({ reasons }) => reasons);
  }

  get #health() {
    return handlerHealth(this.bench.supervisor.statuses, this.refusals.reasons, this.failures.reasons);
  }
}

const PROBLEM = { file: "_shared.ts", line: 3, column: 5, reason: "Unexpected }", frame: "" };

function brokenSave(handlers: readonly string[] = ["watch"], file = "watch.ts"): Batch["failures"][number] {
  return { file, handlers, problems: [PROBLEM] };
}

test("a handler is starting until it serves, and live then", async () => {
  const health = new HealthBench();
  health.bench.pool.hold();
  await health.apply({ revisions: [revision()] });
  assert.deepEqual(health.states, ["watch: starting"]);
  health.bench.pool.letStart();
  await health.apply({});
  assert.deepEqual([health.states, health.reasons], [["watch: live"], [{}]]);
});

test("a handler is degraded while a cache is missing, and also live if an older revision goes on", async () => {
  const health = new HealthBench();
  health.bench.caches.hold("no right to list pods");
  await health.apply({ revisions: [revision()] });
  assert.deepEqual([health.states, health.reasons], [["watch: degraded"], [{ degraded: "no right to list pods" }]]);
  health.bench.caches.letSync();
  await health.apply({});
  assert.deepEqual(health.states, ["watch: live"]);
  health.bench.caches.hold("no right to list pods");
  await health.apply({ revisions: [revision({ code: "v2" })] });
  assert.deepEqual(health.states, ["watch: live degraded"]);
});

test("a handler is refused while its newest revision's process does not come up", async () => {
  const health = new HealthBench();
  health.bench.pool.broken.add("v1");
  await health.apply({ revisions: [revision()] });
  assert.deepEqual([health.states, health.reasons], [["watch: refused"], [{ refused: "Error: does not start" }]]);
  health.bench.pool.broken.clear();
  await health.bench.clock.advance(1000);
  assert.deepEqual(health.states, ["watch: live"]);
  health.bench.pool.broken.add("v2");
  await health.apply({ revisions: [revision({ code: "v2" })] });
  assert.deepEqual(health.states, ["watch: live refused"]);
  await health.apply({ removed: ["watch"] });
  assert.deepEqual(health.states, []);
  await health.apply({ revisions: [revision()] });
  assert.deepEqual(health.states, ["watch: live"]);
});

test("a newer revision that waits for its caches is no longer the one that was refused", async () => {
  const health = new HealthBench();
  await health.apply({ revisions: [revision()] });
  health.bench.pool.broken.add("v2");
  await health.apply({ revisions: [revision({ code: "v2" })] });
  health.bench.caches.hold("no right to list pods");
  await health.apply({ revisions: [revision({ code: "v3" })] });
  assert.deepEqual(health.states, ["watch: live degraded"]);
});

test("a handler is broken from a save that does not load until one that does", async () => {
  const health = new HealthBench();
  await health.apply({ revisions: [revision()] });
  await health.apply({ failures: [brokenSave()] });
  assert.deepEqual(
    [health.states, health.reasons],
    [["watch: live broken"], [{ broken: "_shared.ts:3:5 Unexpected }" }]],
  );
  await health.apply({ revisions: [revision({ handler: "other" })] });
  assert.deepEqual(health.states, ["other: live", "watch: live broken"]);
  await health.apply({ revisions: [revision()] });
  assert.deepEqual(health.states, ["other: live", "watch: live"]);
});

test("all handlers of a file are broken with it, and a handler that is removed is not any more", async () => {
  const health = new HealthBench();
  const both = ["watch#0", "watch#1"].map((handler) => ({ ...revision({ handler }), file: "watch.ts" }));
  await health.apply({ revisions: both });
  await health.apply({ failures: [brokenSave(["watch#0", "watch#1"])] });
  assert.deepEqual(health.states, ["watch#0: live broken", "watch#1: live broken"]);
  await health.apply({ removed: ["watch#0", "watch#1"] });
  assert.deepEqual(health.states, []);
});

test("a file that never loaded stands for the handler that it would be, until it loads or is gone", async () => {
  const health = new HealthBench();
  await health.apply({ failures: [brokenSave([], "billing/paid.ts"), brokenSave([], "a.ts")] });
  assert.deepEqual(health.states, ["a: broken", "billing/paid: broken"]);
  await health.apply({ revisions: [revision({ handler: "a" })] });
  assert.deepEqual(health.states, ["a: live", "billing/paid: broken"]);
  await health.apply({ gone: ["billing/paid.ts"] });
  assert.deepEqual(health.states, ["a: live"]);
});

test("an id that two files claim is broken until one of them has it, or they are gone", async () => {
  const health = new HealthBench();
  const conflicts = [{ handler: "twice", files: ["twice.js", "twice.ts"] }];
  await health.apply({ conflicts });
  assert.deepEqual(health.states, ["twice: broken"]);
  assert.match(health.reasons[0]?.["broken"] ?? "", /^twice\.js and twice\.ts have one id: rename one/);
  await health.apply({ revisions: [revision({ handler: "twice" })] });
  assert.deepEqual(health.states, ["twice: live"]);
  await health.apply({ conflicts });
  await health.apply({ removed: ["twice"], gone: ["twice.js"] });
  assert.deepEqual(health.states, []);
});

test("a renamed handler takes its state along", async () => {
  const health = new HealthBench();
  await health.apply({ revisions: [revision()] });
  await health.apply({ renamed: [{ from: "watch", to: revision({ handler: "other" }) }] });
  assert.deepEqual(health.states, ["other: live"]);
});

test("a handler whose process keeps dying is quarantined, and says when the next run is tried", async () => {
  const health = new HealthBench();
  const options = { retry: { backoff: "1ms", maxBackoff: "1ms" } } as const;
  await health.apply({ revisions: [revision({ options })] });
  await health.bench.pod("web", "1");
  for (let death = 0; death < 5; death++) {
    health.bench.pool.alive[0]?.crash("exited (code 7)");
    await health.bench.clock.advance(1);
  }
  assert.deepEqual(health.states, ["watch: live quarantined"]);
  assert.match(
    health.reasons[0]?.["quarantined"] ?? "",
    /^its process keeps dying under its runs: .* the next in \d+ s$/,
  );
});

test("a handler whose runs all fail is failing, until one of them returns", async () => {
  const health = new HealthBench();
  await health.apply({ revisions: [revision({ options: { retry: { attempts: 1 } } })] });
  const error = { name: "Error", message: "no", stack: "", code: undefined, at: undefined };
  for (let pod = 0; pod < 10; pod++) {
    await health.bench.pod(`p${pod}`, "1");
    health.bench.inFlight[0]?.end({ type: "threw", error, retryAfterMs: undefined, permanent: false });
    await health.apply({});
  }
  assert.deepEqual(health.states, ["watch: live failing"]);
  assert.match(health.reasons[0]?.["failing"] ?? "", /^its runs fail one after the other: .* the next in \d+ s$/);
  await health.bench.pod("another", "1");
  await health.bench.clock.advance(1000);
  await health.bench.finish();
  assert.deepEqual(health.states, ["watch: live"]);
});
