import { readFileSync } from "node:fs";
import { ago, deletedSample, sample, type Sample } from "./sample.ts";

const RBAC = "rbac.authorization.k8s.io";
const ADMISSION = "admissionregistration.k8s.io/v1";
/** Of `CN=ann`, made with openssl. */
const CERTIFICATE_REQUEST =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlHTk1FRUNBUUF3RGpFTU1Bb0dBMVVFQXd3RFlXNXVNQ293QlFZREsyVndBeUVBdmlvQktka2c5NU5MNVkwQwpseThSL1BidUIzQWdEdnRoSUYyUnNKbnJ6cWFnQURBRkJnTXJaWEFEUVFEK3N3YnV3aVRQdGpWK3hIR1ZaR01JCmNPdm1ZMzdXMEUvTUxHSkhId0o2TmFTMW55MStoM21YaDhIbUFwUG5lQkJiMzRmUVVMdnJnMThIK3ZTUGZKNEsKLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==";
const CERTIFICATE = readFileSync("tests/fixtures/tls/ca.pem", "utf8");
const SELECTOR = { matchLabels: { app: "web" } };

function binding(kind: string, name: string, subjects: readonly object[]): Sample {
  return sample(`${RBAC}/v1`, kind, name, { roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "view" }, subjects });
}

const SUBJECTS = [
  { kind: "User", apiGroup: RBAC, name: "ann" },
  { kind: "User", apiGroup: RBAC, name: "bob" },
  { kind: "Group", apiGroup: RBAC, name: "dev" },
  { kind: "ServiceAccount", namespace: "default", name: "robot" },
];

function autoscaler(name: string, spec: object, status: object = { currentReplicas: 2, desiredReplicas: 3 }): Sample {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  return sample(
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    name,
    { spec: { scaleTargetRef, maxReplicas: 5, ...spec } },
    status,
  );
}

const METRIC = { name: "queue" };
const DESCRIBED = { apiVersion: "v1", kind: "Service", name: "web" };
const METRICS: Readonly<Record<string, object>> = {
  cpu: { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
  memory: { type: "Resource", resource: { name: "memory", target: { type: "AverageValue", averageValue: "100Mi" } } },
  container: {
    type: "ContainerResource",
    containerResource: { name: "cpu", container: "c", target: { type: "Utilization", averageUtilization: 50 } },
  },
  pods: { type: "Pods", pods: { metric: METRIC, target: { type: "AverageValue", averageValue: "5" } } },
  object: {
    type: "Object",
    object: { metric: METRIC, describedObject: DESCRIBED, target: { type: "Value", value: "7" } },
  },
  objectAverage: {
    type: "Object",
    object: { metric: METRIC, describedObject: DESCRIBED, target: { type: "AverageValue", averageValue: "7" } },
  },
  external: { type: "External", external: { metric: METRIC, target: { type: "Value", value: "9" } } },
  externalAverage: {
    type: "External",
    external: { metric: METRIC, target: { type: "AverageValue", averageValue: "9" } },
  },
};
const CURRENT: readonly object[] = [
  { type: "Resource", resource: { name: "cpu", current: { averageUtilization: 43, averageValue: "10m" } } },
  { type: "Resource", resource: { name: "memory", current: { averageValue: "50Mi" } } },
];

function webhook(name: string): object {
  return {
    name,
    clientConfig: { url: "https://example.com" },
    sideEffects: "None",
    admissionReviewVersions: ["v1"],
    failurePolicy: "Ignore",
    rules: [{ apiGroups: ["none.example.com"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nones"] }],
  };
}

const MATCH = {
  resourceRules: [
    { apiGroups: ["none.example.com"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nones"] },
  ],
};
const PARAM_KIND = { apiVersion: "v1", kind: "ConfigMap" };

export const POLICIES: readonly Sample[] = [
  sample("policy/v1", "PodDisruptionBudget", "minimum", { spec: { minAvailable: 1, selector: SELECTOR } }),
  sample(
    "policy/v1",
    "PodDisruptionBudget",
    "maximum",
    { spec: { maxUnavailable: "50%", selector: SELECTOR } },
    { disruptionsAllowed: 2, currentHealthy: 3, desiredHealthy: 1, expectedPods: 3 },
  ),
  sample(`${RBAC}/v1`, "Role", "reader", { rules: [] }),
  sample(`${RBAC}/v1`, "ClusterRole", "all-reader", { rules: [] }),
  binding("RoleBinding", "readers", SUBJECTS),
  binding("ClusterRoleBinding", "all-readers", SUBJECTS),
  binding("RoleBinding", "nobody", []),
  ...Object.entries(METRICS).map(([name, metric]) => autoscaler(name.toLowerCase(), { metrics: [metric] })),
  autoscaler("default", {}),
  autoscaler("no-status", { minReplicas: 2, metrics: [METRICS["cpu"]] }, {}),
  autoscaler(
    "current",
    { minReplicas: 2, metrics: [METRICS["cpu"], METRICS["memory"]] },
    { currentReplicas: 4, desiredReplicas: 4, currentMetrics: CURRENT },
  ),
  autoscaler("many", { metrics: [METRICS["cpu"], METRICS["memory"], METRICS["pods"], METRICS["external"]] }),
  sample("certificates.k8s.io/v1", "CertificateSigningRequest", "pending", {
    spec: {
      request: CERTIFICATE_REQUEST,
      signerName: "example.com/s",
      usages: ["client auth"],
      expirationSeconds: 7200,
    },
  }),
  sample("certificates.k8s.io/v1", "ClusterTrustBundle", "bundle", { spec: { trustBundle: CERTIFICATE } }),
  sample(ADMISSION, "ValidatingWebhookConfiguration", "validating", {
    webhooks: [webhook("a.example.com"), webhook("b.example.com")],
  }),
  sample(ADMISSION, "MutatingWebhookConfiguration", "mutating", { webhooks: [] }),
  sample(ADMISSION, "ValidatingAdmissionPolicy", "plain", {
    spec: { matchConstraints: MATCH, validations: [{ expression: "true" }, { expression: "1 == 1" }] },
  }),
  sample(ADMISSION, "ValidatingAdmissionPolicy", "parameters", {
    spec: { paramKind: PARAM_KIND, matchConstraints: MATCH, validations: [{ expression: "true" }] },
  }),
  sample(ADMISSION, "ValidatingAdmissionPolicyBinding", "plain", {
    spec: { policyName: "plain", validationActions: ["Deny"] },
  }),
  sample(ADMISSION, "ValidatingAdmissionPolicyBinding", "named", {
    spec: {
      policyName: "parameters",
      validationActions: ["Deny"],
      paramRef: { name: "p", namespace: "default", parameterNotFoundAction: "Allow" },
    },
  }),
  sample(ADMISSION, "MutatingAdmissionPolicy", "plain", {
    spec: {
      matchConstraints: MATCH,
      reinvocationPolicy: "Never",
      mutations: [{ patchType: "ApplyConfiguration", applyConfiguration: { expression: "Object{}" } }],
    },
  }),
  sample(ADMISSION, "MutatingAdmissionPolicyBinding", "plain", { spec: { policyName: "plain" } }),
  sample(
    "flowcontrol.apiserver.k8s.io/v1",
    "FlowSchema",
    "lost",
    {
      spec: {
        priorityLevelConfiguration: { name: "nope" },
        matchingPrecedence: 9000,
        distinguisherMethod: { type: "ByUser" },
      },
    },
    { conditions: [{ type: "Dangling", status: "True", lastTransitionTime: ago(10), reason: "R", message: "m" }] },
  ),
  sample("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", "rejecting", {
    spec: { type: "Limited", limited: { nominalConcurrencyShares: 7, limitResponse: { type: "Reject" } } },
  }),
  sample("apiregistration.k8s.io/v1", "APIService", "v1.gone.example.com", {
    spec: {
      group: "gone.example.com",
      version: "v1",
      groupPriorityMinimum: 10,
      versionPriority: 10,
      insecureSkipTLSVerify: true,
      service: { namespace: "default", name: "nope" },
    },
  }),
  deletedSample(sample("resource.k8s.io/v1", "ResourceClaim", "leaving", { spec: {} })),
  sample("resource.k8s.io/v1", "ResourceClaim", "waiting", { spec: {} }),
  sample("resource.k8s.io/v1", "ResourceClaim", "allocated", { spec: {} }, { allocation: {} }),
  sample(
    "resource.k8s.io/v1",
    "ResourceClaim",
    "reserved",
    { spec: {} },
    { allocation: {}, reservedFor: [{ resource: "pods", name: "p", uid: "u" }] },
  ),
  sample("resource.k8s.io/v1", "ResourceClaimTemplate", "template", { spec: { spec: {} } }),
  sample("resource.k8s.io/v1", "DeviceClass", "device", { spec: {} }),
  sample("resource.k8s.io/v1", "DeviceTaintRule", "tainted", {
    spec: { deviceSelector: { driver: "example.com" }, taint: { key: "k", value: "v", effect: "NoSchedule" } },
  }),
  sample("resource.k8s.io/v1", "ResourceSlice", "slice", {
    spec: {
      driver: "example.com",
      nodeName: "n1",
      pool: { name: "pool", generation: 1, resourceSliceCount: 1 },
      devices: [],
    },
  }),
  sample("resource.k8s.io/v1", "ResourceSlice", "everywhere", {
    spec: {
      driver: "example.com",
      allNodes: true,
      pool: { name: "pool2", generation: 1, resourceSliceCount: 1 },
      devices: [],
    },
  }),
  sample("storagemigration.k8s.io/v1", "StorageVersionMigration", "migration", {
    spec: { resource: { group: "apps", resource: "deployments" } },
  }),
];
