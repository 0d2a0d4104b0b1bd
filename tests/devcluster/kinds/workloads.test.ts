import assert from "node:assert/strict";
import { test } from "node:test";
import { created, kindRig } from "./kind-rig.ts";

const TEMPLATE = { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "i" }] } };

test("a Job selects its pods by its own uid, and is labelled like them", (t) => {
  const { metadata, spec, status } = created(kindRig(t), "jobs.batch", { spec: { template: TEMPLATE } });
  const { uid } = metadata;
  const labels = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": "x",
    "controller-uid": uid,
    "job-name": "x",
  };
  assert.deepEqual(metadata.labels, labels);
  assert.deepEqual(status, {});
  assert.partialDeepStrictEqual(spec, {
    backoffLimit: 6,
    completionMode: "NonIndexed",
    completions: 1,
    parallelism: 1,
    manualSelector: false,
    podReplacementPolicy: "TerminatingOrFailed",
    suspend: false,
    selector: { matchLabels: { "batch.kubernetes.io/controller-uid": uid } },
    template: { ...TEMPLATE, metadata: { labels } },
  });
});

test("a Job with only a parallelism has a queue to work on: no number of completions", (t) => {
  const { spec } = created(kindRig(t), "jobs.batch", { spec: { parallelism: 3, template: TEMPLATE } });
  assert.equal((spec as { completions?: number }).completions, undefined);
});

test("a Job deleted without saying so lets its pods go", (t) => {
  const rig = kindRig(t);
  rig.user.delete("jobs.batch", created(rig, "jobs.batch", { spec: { template: TEMPLATE } }), {
    propagationPolicy: undefined,
  });
  assert.deepEqual(rig.read("jobs.batch", "default/x").metadata.finalizers, ["orphan"]);
});

test("the status of a new object is the server's, whatever is sent", (t) => {
  const template = {
    ...TEMPLATE,
    metadata: { labels: { a: "b" } },
    spec: { ...TEMPLATE.spec, restartPolicy: "Always" },
  };
  const spec = { selector: { matchLabels: { a: "b" } }, template };
  const status = { replicas: 7 };
  assert.deepEqual(created(kindRig(t), "deployments.apps", { spec, status })["status"], {});
  assert.deepEqual(created(kindRig(t), "replicasets.apps", { spec, status })["status"], { replicas: 0 });
});
