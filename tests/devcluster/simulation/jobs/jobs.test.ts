import assert from "node:assert/strict";
import { test } from "node:test";
import { recordAt } from "#devcluster/record-at.ts";
import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import { simulatedCluster } from "../workloads.ts";

test("a Job is complete after a second or two", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("jobs.batch", job());
  await rig.clock.advance(500);
  assert.equal(recordAt(rig.read("jobs.batch", "default/j"), "status")["active"], 1);
  await rig.clock.advance(2_000);

  const { conditions, ...status } = recordAt(rig.read("jobs.batch", "default/j"), "status");
  assert.deepEqual(types(conditions), ["SuccessCriteriaMet", "Complete"]);
  assert.deepEqual(status, {
    startTime: "2026-01-01T00:00:00Z",
    completionTime: "2026-01-01T00:00:01Z",
    succeeded: 1,
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
  });
  assert.deepEqual(
    rig.user.list("pods").map((pod) => recordAt(pod, "status")["phase"]),
    ["Succeeded"],
  );
});

test("a Job runs so many pods at a time until so many have succeeded", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("jobs.batch", job({ parallelism: 2, completions: 5 }));
  for (let i = 0; i < 100; i++) {
    await rig.clock.advance(100);
    assert.ok(Number(recordAt(rig.read("jobs.batch", "default/j"), "status")["active"] ?? 0) <= 2);
  }
  assert.equal(recordAt(rig.read("jobs.batch", "default/j"), "status")["succeeded"], 5);
  assert.equal(rig.names("pods").length, 5);
});

test("a Job whose pods fail gives up after its backoff limit", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("jobs.batch", job({ backoffLimit: 1 }, { "informd.io/simulate": "crash" }));
  await rig.clock.advance(10_000);
  const status = recordAt(rig.read("jobs.batch", "default/j"), "status");
  assert.equal(status["failed"], 2);
  assert.deepEqual(types(status["conditions"]), ["FailureTarget", "Failed"]);
});

test("an Indexed Job does each index once", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("jobs.batch", job({ completionMode: "Indexed", parallelism: 2, completions: 3 }));
  await rig.clock.advance(10_000);
  assert.equal(recordAt(rig.read("jobs.batch", "default/j"), "status")["completedIndexes"], "0-2");
  assert.equal(rig.names("pods").length, 3);
});

test("a suspended Job runs nothing until it is resumed", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("jobs.batch", job({ suspend: true }));
  await rig.clock.advance(3_000);
  assert.deepEqual(rig.names("pods"), []);
  const suspended = rig.read("jobs.batch", "default/j");
  rig.user.update("jobs.batch", { ...suspended, spec: { ...recordAt(suspended, "spec"), suspend: false } });
  await rig.clock.advance(3_000);
  assert.equal(recordAt(rig.read("jobs.batch", "default/j"), "status")["succeeded"], 1);
});

test("a finished Job goes when its time to live is over, and its pods with it", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("jobs.batch", job({ ttlSecondsAfterFinished: 5 }));
  await rig.clock.advance(4_000);
  assert.deepEqual(rig.names("jobs.batch"), ["j"]);
  await rig.clock.advance(4_000);
  assert.deepEqual([rig.names("jobs.batch"), rig.names("pods")], [[], []]);
});

function job(spec: object = {}, annotations: object = {}): NewObject {
  const containers = [{ name: "c", image: "i" }];
  return {
    metadata: { namespace: "default", name: "j" },
    spec: { template: { metadata: { annotations }, spec: { restartPolicy: "Never", containers } }, ...spec },
  };
}

function types(conditions: unknown): unknown {
  return (conditions as { type: string }[]).map(({ type }) => type);
}
