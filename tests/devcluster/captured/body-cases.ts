import type { JsonRecord } from "#kernel/json-value.ts";

/** A body that is sent to a resource of a built-in kind with `fieldValidation=Strict`. */
export interface BodyCase {
  readonly resource: string;
  /** Without `apiVersion` and `kind`. */
  readonly body: JsonRecord;
}

const META = { name: "a" };
const CONTAINER = { name: "c", image: "nginx" };

function configMap(body: JsonRecord): BodyCase {
  return { resource: "configmaps", body: { metadata: META, ...body } };
}

function secret(data: unknown): BodyCase {
  return { resource: "secrets", body: { metadata: META, data } };
}

function deployment(spec: unknown): BodyCase {
  return { resource: "deployments.apps", body: { metadata: META, spec } };
}

function pod(spec: JsonRecord): BodyCase {
  return { resource: "pods", body: { metadata: META, spec } };
}

function container(members: JsonRecord): BodyCase {
  return pod({ containers: [{ ...CONTAINER, ...members }] });
}

function limit(amount: unknown): BodyCase {
  return container({ resources: { limits: { memory: amount } } });
}

function created(time: unknown): BodyCase {
  return configMap({ metadata: { name: "a", creationTimestamp: time } });
}

function event(time: unknown): BodyCase {
  return { resource: "events.events.k8s.io", body: { metadata: META, eventTime: time } };
}

function service(spec: JsonRecord): BodyCase {
  return { resource: "services", body: { metadata: META, spec } };
}

function of(resource: string, body: JsonRecord): BodyCase {
  return { resource, body: { metadata: META, ...body } };
}

export const BODY_CASES: Readonly<Record<string, BodyCase>> = {
  "a boolean for a text in a map": configMap({ data: { x: true } }),
  "a number for a text in a map": configMap({ data: { x: 1 } }),
  "an object for a text in a map": configMap({ data: { x: {} } }),
  "a list for a text in a map": configMap({ data: { x: [] } }),
  "a list for a map": configMap({ data: [] }),
  "a text for a map": configMap({ data: "s" }),
  "null for a text in a map": configMap({ data: { x: null } }),
  "a text for a boolean": configMap({ immutable: "yes" }),
  "a number for a boolean": configMap({ immutable: 1 }),
  "a number for a name": configMap({ metadata: { name: 1 } }),
  "a text for the metadata": configMap({ metadata: "m" }),
  "a number for a label": configMap({ metadata: { name: "a", labels: { a: 1 } } }),
  "a list for labels": configMap({ metadata: { name: "a", labels: [] } }),
  "a number for an owner's name": configMap({ metadata: { name: "a", ownerReferences: [{ name: 1 }] } }),
  "an object for owners": configMap({ metadata: { name: "a", ownerReferences: {} } }),
  "a text for finalizers": configMap({ metadata: { name: "a", finalizers: "x" } }),
  "a number for a finalizer": configMap({ metadata: { name: "a", finalizers: [1] } }),
  "a text for a generation": configMap({ metadata: { name: "a", generation: "1" } }),
  "a fraction for a generation": configMap({ metadata: { name: "a", generation: 1.5 } }),
  "a number for a time": created(1),
  "an object for a time": created({}),
  "a word for a time": created("x"),
  "a day for a time": created("2024-01-02"),
  "a time without a zone": created("2024-01-02T03:04:05"),
  "a time of month 13": created("2024-13-02T03:04:05Z"),
  "a time of day 31 in February": created("2024-02-31T03:04:05Z"),
  "a time of hour 25": created("2024-01-02T25:04:05Z"),
  "a time of minute 60": created("2024-01-02T03:60:05Z"),
  "a time of second 61": created("2024-01-02T03:04:61Z"),
  "a time with more behind it": created("2024-01-02T03:04:05Zx"),
  "a time with a space": created("2024-01-02 03:04:05Z"),
  "a time in another zone with a fraction": created("2024-01-02T03:04:05.678+02:00"),
  "a time that is empty": created(""),
  "a micro time without a fraction": event("2024-01-02T03:04:05Z"),
  "a micro time with milliseconds": event("2024-01-02T03:04:05.678Z"),
  "a micro time in another zone": event("2024-01-02T03:04:05.678901+02:00"),
  "bytes that are no base64": secret({ x: "not base64!" }),
  "bytes with a line end": secret({ x: "YWJj\nZGVm" }),
  "bytes without padding": secret({ x: "YQ" }),
  "bytes with too little padding": secret({ x: "YQ=" }),
  "bytes with padding in the middle": secret({ x: "YQ==YQ==" }),
  "bytes with wrong padding": secret({ x: "YQ=x" }),
  "bytes of one letter": secret({ x: "Y" }),
  "bytes that begin with padding": secret({ x: "=" }),
  "bytes with a line end in the padding": secret({ x: "YQ=\n=\n" }),
  "bytes with a wide letter": secret({ x: "YWJjä" }),
  "numbers for bytes": secret({ x: [97] }),
  "numbers too large for bytes": secret({ x: [97, 256] }),
  "texts for bytes": secret({ x: ["a"] }),
  "a number for bytes": secret({ x: 5 }),
  "a text for an integer": deployment({ replicas: "3" }),
  "a fraction for an integer": deployment({ replicas: 3.5 }),
  "an integer beyond 32 bits": deployment({ replicas: 99_999_999_999 }),
  "a list for a spec": deployment([]),
  "an object for containers": deployment({ template: { spec: { containers: {} } } }),
  "a text for a container": deployment({ template: { spec: { containers: ["x"] } } }),
  "a number for a container's name": deployment({ template: { spec: { containers: [{ name: 1 }] } } }),
  "a text for a port": container({ ports: [{ containerPort: "80" }] }),
  "a number for a variable": container({ env: [{ name: "a", value: 1 }] }),
  "a boolean for a variable": container({ env: [{ name: "a", value: true }] }),
  "a text for a boolean of a pod": pod({ hostNetwork: "true" }),
  "a number for a pull policy": container({ imagePullPolicy: 5 }),
  "a boolean for an int-or-string": deployment({ strategy: { rollingUpdate: { maxSurge: true } } }),
  "a fraction for an int-or-string": deployment({ strategy: { rollingUpdate: { maxSurge: 1.5 } } }),
  "a number for a strategy": deployment({ strategy: { type: 1 } }),
  "a text for a selector": deployment({ selector: "x" }),
  "a number for an operator": deployment({ selector: { matchExpressions: [{ operator: 1 }] } }),
  "an object for a probe's port": container({ livenessProbe: { httpGet: { port: {} } } }),
  "a number for a volume's path": pod({ volumes: [{ name: "v", hostPath: { path: 1 } }] }),
  "a number for a config map's name": pod({ volumes: [{ name: "v", configMap: { name: 1 } }] }),
  "a text for resource limits": container({ resources: { limits: "x" } }),
  "a boolean for a quantity": limit(true),
  "a word for a quantity": limit("abc"),
  "an object for a quantity": limit({}),
  "an empty quantity": limit(""),
  "a quantity of an unknown suffix": limit("1ki"),
  "a quantity with two signs": limit("--1"),
  "two faults, of which one is a quantity": pod({
    hostNetwork: "x",
    containers: [{ resources: { limits: { cpu: "x" } } }],
    hostPID: 1,
  }),
  "two faults of types": pod({ hostPID: 1, hostNetwork: "x" }),
  "a quantity that is a fraction": limit("0.5Gi"),
  "a quantity that is a number": limit(1000),
  "a quantity beyond thousandths": limit("0.0001"),
  "a quantity with an exponent": limit("1.5e3"),
  "a quantity of a fraction of a binary unit": limit("0.1Gi"),
  "a quantity that has a larger suffix": limit("1048576Ki"),
  "a quantity of nothing": limit("0Gi"),
  "a size limit beyond thousandths": pod({
    containers: [CONTAINER],
    volumes: [{ name: "v", emptyDir: { sizeLimit: "0.0001" } }],
  }),
  "unknown fields": configMap({ metadata: { name: "a", foo: 1 }, bar: { x: 1 } }),
  "unknown fields of containers": pod({
    Containers: [],
    containers: [
      {
        ...CONTAINER,
        imagee: "x",
        ports: [
          { containerPort: 80, x: 1 },
          { containerPort: 81, y: 1 },
        ],
      },
    ],
    "foo.bar": 1,
    tolerations: [{ "q q": 1 }],
  }),
  "an unknown field and a wrong type": configMap({ foo: 1, data: { x: 1 } }),
  "fields that are null": deployment({
    replicas: null,
    selector: null,
    template: { metadata: null, spec: { containers: null } },
  }),
  "fields that are empty": pod({
    containers: [{ ...CONTAINER, command: [], args: [], env: [], workingDir: "", tty: false, resources: {} }],
    nodeSelector: {},
    hostname: "",
    hostNetwork: false,
    automountServiceAccountToken: false,
    priority: 0,
    runtimeClassName: "",
  }),
  "a bare deployment": deployment({}),
  "a deployment that recreates": deployment({ strategy: { type: "Recreate" } }),
  "a bare pod": pod({ containers: [CONTAINER] }),
  "images with tags": pod({
    containers: ["a", "a:1", "a:latest", "r:5000/a", "r:5000/a:1", "a@sha256:0123", "a:latest@sha256:0123"].map(
      (image) => ({ image }),
    ),
  }),
  probes: container({
    livenessProbe: { httpGet: { port: 80 } },
    readinessProbe: { grpc: { port: 1 } },
    startupProbe: { exec: {} },
  }),
  "volumes of many kinds": pod({
    containers: [CONTAINER],
    volumes: [
      { name: "a" },
      { name: "b", secret: { secretName: "s" } },
      { name: "c", configMap: { name: "s" } },
      { name: "d", projected: { sources: [{ serviceAccountToken: { path: "t" } }] } },
      { name: "e", downwardAPI: { items: [{ path: "x", fieldRef: { fieldPath: "metadata.name" } }] } },
      { name: "f", hostPath: { path: "/x" } },
      { name: "g", iscsi: { targetPortal: "x", iqn: "y", lun: 0 } },
    ],
  }),
  "limits without requests": container({
    resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m" } },
  }),
  "ports on the host's network": pod({
    hostNetwork: true,
    containers: [{ ...CONTAINER, ports: [{ containerPort: 80 }] }],
  }),
  "a service account": pod({ containers: [CONTAINER], serviceAccountName: "x" }),
  "a bare service": service({ ports: [{ port: 80 }] }),
  "a load balancer": service({ type: "LoadBalancer", ports: [{ port: 80, targetPort: "http" }] }),
  "a service with affinity": service({ sessionAffinity: "ClientIP", ports: [{ port: 80 }] }),
  "an external service": service({ type: "ExternalName", externalName: "a.b" }),
  "a bare secret": of("secrets", {}),
  "texts of a secret": of("secrets", { data: { a: "eA==" }, stringData: { a: "y", b: "z" } }),
  "a bare namespace": of("namespaces", {}),
  "a bare claim": of("persistentvolumeclaims", {}),
  "a bare volume": of("persistentvolumes", {}),
  "a bare role": of("roles.rbac.authorization.k8s.io", {}),
  "an empty list of rules": of("roles.rbac.authorization.k8s.io", { rules: [] }),
  subjects: of("rolebindings.rbac.authorization.k8s.io", {
    roleRef: { kind: "Role", name: "x" },
    subjects: [
      { kind: "User", name: "u" },
      { kind: "Group", name: "g" },
      { kind: "ServiceAccount", name: "s" },
    ],
  }),
  "a bare job": of("jobs.batch", { spec: { template: { metadata: { labels: { a: "b" } }, spec: {} } } }),
  "a job of many": of("jobs.batch", { spec: { completions: 3, backoffLimitPerIndex: 1 } }),
  "a job that runs for ever": of("jobs.batch", { spec: { parallelism: 3 } }),
  "a bare cron job": of("cronjobs.batch", { spec: { jobTemplate: { spec: { template: { spec: {} } } } } }),
  "a bare stateful set": of("statefulsets.apps", { spec: { volumeClaimTemplates: [{ metadata: { name: "v" } }] } }),
  "a stateful set that says how it rolls": of("statefulsets.apps", {
    spec: { updateStrategy: { type: "RollingUpdate" } },
  }),
  "a bare replica set": of("replicasets.apps", {}),
  "a bare replication controller": of("replicationcontrollers", {
    spec: { template: { metadata: { labels: { a: "b" } } } },
  }),
  "a bare autoscaler": of("horizontalpodautoscalers.autoscaling", { spec: { maxReplicas: 3 } }),
  "an autoscaler's behaviour": of("horizontalpodautoscalers.autoscaling", {
    spec: { maxReplicas: 3, behavior: { scaleUp: { selectPolicy: "Min" } } },
  }),
  "a bare network policy": of("networkpolicies.networking.k8s.io", {}),
  "a network policy of both ways": of("networkpolicies.networking.k8s.io", {
    spec: { egress: [{ ports: [{ port: 80 }] }] },
  }),
  "an ingress": of("ingresses.networking.k8s.io", { spec: { rules: [{ http: { paths: [{ backend: {} }] } }] } }),
  "a limit range": of("limitranges", {
    spec: { limits: [{ type: "Container", max: { cpu: "2" }, min: { cpu: "1" }, defaultRequest: { memory: "1Gi" } }] },
  }),
  "a bare storage class": of("storageclasses.storage.k8s.io", {}),
  "a bare driver": of("csidrivers.storage.k8s.io", {}),
  "a bare priority class": of("priorityclasses.scheduling.k8s.io", {}),
  "a bare event": of("events", {}),
  "an endpoint slice": of("endpointslices.discovery.k8s.io", { ports: [{ port: 80 }] }),
  "a webhook": of("validatingwebhookconfigurations.admissionregistration.k8s.io", {
    webhooks: [{ name: "a.b.c", clientConfig: { service: { name: "x", namespace: "y" } }, rules: [{}] }],
  }),
  "a definition of custom resources": of("customresourcedefinitions.apiextensions.k8s.io", {
    spec: { group: "a.b", names: { plural: "cs", kind: "C" }, versions: [{ name: "v1" }] },
  }),
  "a bare node": of("nodes", { spec: { podCIDR: "10.0.0.0/24" }, status: { capacity: { cpu: "2" } } }),
};
