import { ago, deletedSample, sample, type Sample } from "./sample.ts";

const LABELS = { app: "web" };
const EXPRESSIONS = [
  { key: "tier", operator: "In", values: ["b", "a"] },
  { key: "old", operator: "DoesNotExist" },
  { key: "app", operator: "Exists" },
  { key: "zone", operator: "NotIn", values: ["x"] },
];
const SELECTOR = { matchLabels: LABELS };

function template(labels: object = LABELS, spec: object = {}): object {
  const containers = [
    { name: "a", image: "nginx:1" },
    { name: "b", image: "redis" },
  ];
  return { metadata: { labels }, spec: { containers, ...spec } };
}

function job(name: string, spec: object, status?: object): Sample {
  return sample(
    "batch/v1",
    "Job",
    name,
    { spec: { template: template({}, { restartPolicy: "Never" }), ...spec } },
    status,
  );
}

function finished(type: string, more: object = {}): object {
  const conditions = [
    ...(type === "Complete" ? [{ type: "SuccessCriteriaMet", status: "True", lastTransitionTime: ago(10) }] : []),
    ...(type === "Failed" ? [{ type: "FailureTarget", status: "True", lastTransitionTime: ago(10) }] : []),
    { type, status: "True", lastTransitionTime: ago(10) },
  ];
  return { startTime: ago(200), conditions, ...more };
}

function cronJob(name: string, spec: object, status?: object): Sample {
  const jobTemplate = { spec: { template: template({}, { restartPolicy: "Never" }) } };
  return sample("batch/v1", "CronJob", name, { spec: { schedule: "*/5 * * * *", jobTemplate, ...spec } }, status);
}

export const WORKLOADS: readonly Sample[] = [
  sample("apps/v1", "Deployment", "fresh", { spec: { selector: SELECTOR, template: template() } }),
  sample(
    "apps/v1",
    "Deployment",
    "rolling",
    {
      spec: {
        replicas: 3,
        selector: { matchLabels: LABELS, matchExpressions: EXPRESSIONS },
        template: template({ app: "web", tier: "a" }),
      },
    },
    {
      observedGeneration: 1,
      replicas: 4,
      readyReplicas: 2,
      updatedReplicas: 1,
      availableReplicas: 2,
      unavailableReplicas: 2,
    },
  ),
  sample(
    "apps/v1",
    "ReplicaSet",
    "rs",
    { spec: { replicas: 2, selector: SELECTOR, template: template() } },
    { observedGeneration: 1, replicas: 2, readyReplicas: 1, availableReplicas: 1, fullyLabeledReplicas: 2 },
  ),
  sample(
    "v1",
    "ReplicationController",
    "rc",
    { spec: { replicas: 2, selector: { app: "web", a: "b" }, template: template({ app: "web", a: "b" }) } },
    { replicas: 2, readyReplicas: 1 },
  ),
  sample(
    "apps/v1",
    "StatefulSet",
    "db",
    { spec: { replicas: 3, serviceName: "db", selector: SELECTOR, template: template() } },
    { replicas: 3, readyReplicas: 2 },
  ),
  sample(
    "apps/v1",
    "DaemonSet",
    "agent",
    { spec: { selector: SELECTOR, template: template(LABELS, { nodeSelector: { disk: "ssd", arch: "arm" } }) } },
    {
      desiredNumberScheduled: 5,
      currentNumberScheduled: 4,
      numberReady: 3,
      updatedNumberScheduled: 2,
      numberAvailable: 1,
      numberMisscheduled: 0,
    },
  ),
  sample("apps/v1", "DaemonSet", "everywhere", { spec: { selector: SELECTOR, template: template() } }),
  sample("apps/v1", "ControllerRevision", "free", { revision: 1, data: {} }),
  sample("apps/v1", "ControllerRevision", "owned", {
    metadata: {
      ownerReferences: [
        { apiVersion: "v1", kind: "ConfigMap", name: "other", uid: "a" },
        { apiVersion: "apps/v1", kind: "DaemonSet", name: "agent", uid: "b", controller: true },
      ],
    },
    revision: 12,
    data: {},
  }),
  sample("v1", "PodTemplate", "template", { template: template({ b: "2", a: "1" }) }),
  job("running", {}, { startTime: ago(95), active: 1 }),
  job("not-started", { completions: 5, parallelism: 2 }),
  job("complete", { completions: 2 }, finished("Complete", { succeeded: 2, completionTime: ago(100) })),
  job("failed", { parallelism: 3 }, finished("Failed", { failed: 1 })),
  job(
    "suspended",
    { suspend: true },
    { conditions: [{ type: "Suspended", status: "True", lastTransitionTime: ago(10) }] },
  ),
  job(
    "failing",
    {},
    { startTime: ago(9), conditions: [{ type: "FailureTarget", status: "True", lastTransitionTime: ago(1) }] },
  ),
  job(
    "succeeding",
    {},
    { startTime: ago(9), conditions: [{ type: "SuccessCriteriaMet", status: "True", lastTransitionTime: ago(1) }] },
  ),
  deletedSample(job("terminating", {}, { startTime: ago(9), active: 1 })),
  job("work-queue", { parallelism: 3, completions: null }, { startTime: ago(9), succeeded: 1, active: 2 }),
  cronJob("plain", {}),
  cronJob(
    "busy",
    { timeZone: "Etc/UTC", suspend: true },
    {
      active: [
        { kind: "Job", name: "a" },
        { kind: "Job", name: "b" },
      ],
      lastScheduleTime: ago(130),
    },
  ),
];
