import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import { recordAt } from "#devcluster/record-at.ts";
import { simulatedCluster } from "../workloads.ts";

const MINUTE_MS = 60_000;

test("a CronJob creates a Job when it is time, and keeps the last ones", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("cronjobs.batch", cronJob({ schedule: "* * * * *", successfulJobsHistoryLimit: 2 }));
  await rig.clock.advance(MINUTE_MS - 1);
  assert.deepEqual(rig.names("jobs.batch"), []);
  await rig.clock.advance(5_000);
  assert.equal(rig.names("jobs.batch").length, 1);
  assert.deepEqual(recordAt(rig.read("cronjobs.batch", "default/tick"), "status"), {
    lastScheduleTime: "2026-01-01T00:01:00Z",
    lastSuccessfulTime: "2026-01-01T00:01:01Z",
  });
  await rig.clock.advance(5 * MINUTE_MS);
  assert.equal(rig.names("jobs.batch").length, 2);
});

test("a CronJob that forbids it does not start a second Job beside the first", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("cronjobs.batch", cronJob({ schedule: "* * * * *", concurrencyPolicy: "Forbid" }, "crash"));
  await rig.clock.advance(3 * MINUTE_MS + 10);
  assert.equal(rig.names("jobs.batch").length, 1);
});

test("a suspended CronJob starts nothing", async (t) => {
  const rig = simulatedCluster(t);
  rig.user.create("cronjobs.batch", cronJob({ schedule: "* * * * *", suspend: true }));
  await rig.clock.advance(3 * MINUTE_MS);
  assert.deepEqual(rig.names("jobs.batch"), []);
});

/** @param simulate `crash`: its pods are restarted again and again */
function cronJob(spec: object, simulate = ""): NewObject {
  const template = {
    metadata: { annotations: { "informd.io/simulate": simulate } },
    spec: { restartPolicy: "OnFailure", containers: [{ name: "c", image: "i" }] },
  };
  return { metadata: { namespace: "default", name: "tick" }, spec: { jobTemplate: { spec: { template } }, ...spec } };
}
