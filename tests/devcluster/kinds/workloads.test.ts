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

const INITIAL: Readonly<Record<string, object>> = {
  "deployments.apps": {},
  "replicasets.apps": { replicas: 0 },
  "statefulsets.apps": { replicas: 0, availableReplicas: 0 },
  "daemonsets.apps": { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  "poddisruptionbudgets.policy": { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  "ingresses.networking.k8s.io": { loadBalancer: {} },
  resourcequotas: {},
};

test("the status of a new object is the server's, whatever is sent", (t) => {
  const rig = kindRig(t);
  const selector = { matchLabels: { a: "b" } };
  const workload = {
    selector,
    template: { metadata: { labels: { a: "b" } }, spec: { containers: [{ name: "c", image: "i" }] } },
  };
  const others: Readonly<Record<string, object>> = {
    "poddisruptionbudgets.policy": { selector, minAvailable: 1 },
    "ingresses.networking.k8s.io": { defaultBackend: { service: { name: "s", port: { number: 80 } } } },
    resourcequotas: {},
  };
  for (const [resource, status] of Object.entries(INITIAL)) {
    const object = created(rig, resource, { spec: others[resource] ?? workload, status: { replicas: 7 } });
    assert.deepEqual(object["status"], status, resource);
  }
});
