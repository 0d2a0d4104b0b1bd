import { sample, type Sample } from "../support/samples/sample.ts";

/** Members that are rarely set, for every quirk of the format at least one. */
export const DEEP_SAMPLES: readonly Sample[] = [
  sample("v1", "Pod", "deep", {
    metadata: {
      labels: { a: "b" },
      annotations: { x: "ü€😀" },
      ownerReferences: [
        { apiVersion: "v1", kind: "ConfigMap", name: "c", uid: "u", controller: true, blockOwnerDeletion: false },
      ],
    },
    spec: podSpec(),
  }),
  sample("v1", "PersistentVolume", "deep", {
    spec: {
      capacity: { storage: "1500Mi" },
      accessModes: ["ReadWriteOnce"],
      csi: {
        driver: "d",
        volumeHandle: "h",
        volumeAttributes: { a: "b" },
        nodeStageSecretRef: { name: "n", namespace: "s" },
      },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["n"] }] }] },
      },
    },
  }),
  sample("v1", "Secret", "bytes", {
    data: { empty: "", all: Buffer.from([...Array(256).keys()]).toString("base64") },
    immutable: true,
  }),
  sample("coordination.k8s.io/v1", "Lease", "timed", {
    spec: {
      acquireTime: "2020-01-01T00:00:00.000001Z",
      renewTime: "2021-01-01T00:00:00.120000Z",
      leaseDurationSeconds: 15,
    },
  }),
  sample("apps/v1", "ControllerRevision", "raw", {
    revision: 9_007_199_254_740_991,
    data: { any: [1, { x: null }], "<": 1.5 },
  }),
  sample("networking.k8s.io/v1", "NetworkPolicy", "ports", {
    spec: {
      podSelector: { matchExpressions: [{ key: "a", operator: "In", values: ["b"] }] },
      ingress: [
        {
          ports: [{ port: "http" }, { port: 80, endPort: 90 }, { protocol: "UDP" }],
          from: [{ ipBlock: { cidr: "10.0.0.0/8" } }],
        },
      ],
      egress: [{}],
    },
  }),
  sample("apiextensions.k8s.io/v1", "CustomResourceDefinition", "deeps.example.com", { spec: definition() }),
];

function podSpec(): object {
  const exec = { exec: { command: ["true"] } };
  return {
    restartPolicy: "Always",
    activeDeadlineSeconds: 2_147_483_647,
    serviceAccountName: "robot",
    hostAliases: [{ ip: "1.2.3.4", hostnames: ["h"] }],
    securityContext: {
      runAsUser: 0,
      supplementalGroups: [1, 2],
      sysctls: [{ name: "kernel.shm_rmid_forced", value: "0" }],
    },
    tolerations: [{ key: "k", operator: "Exists", effect: "NoExecute", tolerationSeconds: 0 }],
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key: "z", operator: "Gt", values: ["1"] }] } },
        ],
      },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: "zone", labelSelector: {}, namespaceSelector: {} },
        ],
      },
    },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", labelSelector: {} },
    ],
    initContainers: [
      { name: "i", image: "i", restartPolicy: "Always", startupProbe: { grpc: { port: 5, service: "" } } },
    ],
    containers: [
      {
        name: "c",
        image: "i",
        env: [
          { name: "A", value: "" },
          { name: "B", valueFrom: { secretKeyRef: { name: "s", key: "k", optional: true } } },
          { name: "C", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
          { name: "D", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1m" } } },
        ],
        envFrom: [{ prefix: "P_", configMapRef: { name: "c" } }, { secretRef: { name: "s", optional: false } }],
        resources: { limits: { cpu: "1500m", memory: "1024Mi" }, requests: { cpu: "0.5" } },
        livenessProbe: {
          httpGet: { path: "/", port: "http", httpHeaders: [{ name: "a", value: "b" }] },
          periodSeconds: 3,
        },
        readinessProbe: { tcpSocket: { port: 80 }, timeoutSeconds: 2, terminationGracePeriodSeconds: undefined },
        lifecycle: { preStop: exec, postStart: { sleep: { seconds: 1 } } },
        securityContext: { privileged: false, capabilities: { add: ["NET_ADMIN"] }, runAsNonRoot: false },
        volumeMounts: [{ name: "config", mountPath: "/c", readOnly: true, subPath: "x" }],
        ports: [{ name: "http", containerPort: 80, hostPort: 0 }],
        tty: true,
      },
    ],
    volumes: [
      { name: "config", configMap: { name: "c", defaultMode: 0o400, items: [{ key: "k", path: "p", mode: 0 }] } },
      { name: "empty", emptyDir: { medium: "Memory", sizeLimit: "0.1Gi" } },
      {
        name: "projected",
        projected: {
          sources: [
            { secret: { name: "s" } },
            { downwardAPI: { items: [{ path: "l", fieldRef: { fieldPath: "metadata.labels" } }] } },
            { serviceAccountToken: { path: "t", expirationSeconds: 3600 } },
          ],
        },
      },
      {
        name: "ephemeral",
        ephemeral: {
          volumeClaimTemplate: {
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
          },
        },
      },
    ],
  };
}

function definition(): object {
  const properties = {
    any: { "x-kubernetes-preserve-unknown-fields": true, type: "object" },
    either: { anyOf: [{ type: "integer" }, { type: "string" }], "x-kubernetes-int-or-string": true },
    number: { type: "number", minimum: -0.5, maximum: 1e300, exclusiveMaximum: true, multipleOf: 0.25, default: 0.5 },
    list: {
      type: "array",
      items: { type: "object", required: ["key"], properties: { key: { type: "string", default: "x" } } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["key"],
      maxItems: 5,
    },
    map: { type: "object", additionalProperties: { type: "boolean" }, default: { a: true } },
    open: { type: "object", additionalProperties: true },
    choice: { type: "string", enum: ["a", "b", "c"], pattern: "^[a-c]$", nullable: true, example: { x: [1] } },
    none: { type: "string", default: null, nullable: true },
  };
  const rules = [
    {
      rule: "self.number < 1.0",
      message: "m",
      messageExpression: "'x'",
      fieldPath: ".number",
      reason: "FieldValueInvalid",
    },
  ];
  const spec = { type: "object", properties, "x-kubernetes-validations": rules };
  const version = { name: "v1", served: true, storage: true };
  return {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "deeps", kind: "Deep", shortNames: ["dp"], categories: ["all"] },
    versions: [
      {
        ...version,
        schema: { openAPIV3Schema: { type: "object", properties: { spec, status: { type: "object" } } } },
        subresources: { status: {}, scale: { specReplicasPath: ".spec.number", statusReplicasPath: ".status.number" } },
        additionalPrinterColumns: [{ name: "Number", type: "number", jsonPath: ".spec.number", priority: 1 }],
        selectableFields: [{ jsonPath: ".spec.choice" }],
      },
    ],
  };
}
