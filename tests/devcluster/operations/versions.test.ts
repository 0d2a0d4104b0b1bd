import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { Target } from "#devcluster/operations/api-operations.ts";
import { ApiOperationsRig, writeOptions } from "../../support/api-operations-rig.ts";

test("events of both groups are the same objects under other names", () => {
  const rig = new ApiOperationsRig();
  rig.create(
    "events",
    { name: "e" },
    { involvedObject: POD, reason: "R", message: "m", type: "Normal", source: { component: "c" }, count: 3 },
  );
  const event = rig.operations.get(rig.target("events.events.k8s.io", "e"));
  assert.deepEqual(content(event), {
    apiVersion: "events.k8s.io/v1",
    kind: "Event",
    regarding: POD,
    reason: "R",
    note: "m",
    type: "Normal",
    deprecatedSource: { component: "c" },
    deprecatedCount: 3,
    deprecatedFirstTimestamp: null,
    deprecatedLastTimestamp: null,
    eventTime: null,
  });
});

test("a new event of the newer group is stored as one of the core", () => {
  const rig = new ApiOperationsRig();
  const eventTime = "2026-01-01T00:00:00.123456Z";
  rig.create(
    "events.events.k8s.io",
    { name: "e" },
    {
      eventTime,
      regarding: POD,
      reason: "R",
      note: "m",
      type: "Normal",
      reportingController: "x.io/c",
      reportingInstance: "i",
      action: "A",
    },
  );
  assert.deepEqual(content(rig.operations.get(rig.target("events", "e"))), {
    apiVersion: "v1",
    kind: "Event",
    involvedObject: POD,
    reason: "R",
    message: "m",
    type: "Normal",
    reportingComponent: "x.io/c",
    reportingInstance: "i",
    action: "A",
    eventTime,
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
  });
});

test("watches of both groups hear of an event in their own words", () => {
  const rig = new ApiOperationsRig();
  const [core, newer] = [rig.watch(rig.target("events")), rig.watch(rig.target("events.events.k8s.io"))];
  rig.create("events", { name: "e" }, { involvedObject: POD, message: "m" });
  assert.equal(fieldOf(core.events[0]?.object, "message"), "m");
  assert.equal(fieldOf(newer.events[0]?.object, "note"), "m");
});

test("an autoscaler of version 1 has its target as a metric in version 2", () => {
  const rig = new ApiOperationsRig();
  const v1 = versionOf(rig, "v1");
  const spec = { maxReplicas: 5, targetCPUUtilizationPercentage: 70, scaleTargetRef: TARGET };
  rig.operations.create({ ...v1, name: "" }, { metadata: { name: "h" }, spec }, writeOptions());
  const found = rig.operations.get(versionOf(rig, "v2"));
  assert.deepEqual(
    [found["spec"], found["status"]],
    [
      { maxReplicas: 5, minReplicas: 1, metrics: [cpu(70)], scaleTargetRef: TARGET },
      { currentMetrics: null, desiredReplicas: 0 },
    ],
  );
  assert.deepEqual(rig.operations.get(v1)["status"], { currentReplicas: 0, desiredReplicas: 0 });
});

test("an update in version 1 loses nothing of what only version 2 can say", () => {
  const rig = new ApiOperationsRig();
  const [v1, v2] = [versionOf(rig, "v1"), versionOf(rig, "v2")];
  const memory = {
    type: "Resource",
    resource: { name: "memory", target: { type: "AverageValue", averageValue: "100Mi" } },
  };
  const spec = {
    maxReplicas: 5,
    metrics: [memory, cpu(60)],
    behavior: { scaleDown: { stabilizationWindowSeconds: 10 } },
    scaleTargetRef: TARGET,
  };
  const { object } = rig.operations.create({ ...v2, name: "" }, { metadata: { name: "h" }, spec }, writeOptions());
  rig.merge(v1, { spec: { maxReplicas: 6, targetCPUUtilizationPercentage: 50 } });
  const after = rig.operations.get(v2);
  assert.deepEqual(after["spec"], { ...(object["spec"] as JsonRecord), maxReplicas: 6, metrics: [memory, cpu(50)] });
  assert.equal(after.metadata.annotations, undefined);
});

test("what is read in version 1 and put back changes nothing", () => {
  const rig = new ApiOperationsRig();
  const [v1, v2] = [versionOf(rig, "v1"), versionOf(rig, "v2")];
  const spec = { maxReplicas: 5, metrics: [cpu(60)], scaleTargetRef: TARGET };
  rig.operations.create({ ...v2, name: "" }, { metadata: { name: "h" }, spec }, writeOptions());
  const { revision } = rig.store;
  rig.put(v1, rig.operations.get(v1));
  assert.equal(rig.store.revision, revision);
});

const POD = { kind: "Pod", namespace: "default", name: "p" };
const TARGET = { kind: "Deployment", name: "d", apiVersion: "apps/v1" };

function cpu(averageUtilization: number): JsonRecord {
  return { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization } } };
}

function versionOf(rig: ApiOperationsRig, version: string): Target {
  const resource = rig.registry.find({ group: "autoscaling", version, plural: "horizontalpodautoscalers" });
  assert.ok(resource);
  return { resource, namespace: "default", name: "h", subresource: "" };
}

function content({ metadata: _metadata, ...rest }: ApiObject): object {
  return rest;
}
