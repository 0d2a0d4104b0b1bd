/** Pods as clusters have them: about 7.5 KB of JSON, a quarter of it managedFields, in the API server's field order. */
import { randomFrom } from "../../tests/support/random.ts";

const APPS = 400;
const NAMESPACES = 97;

/** `resourceVersion` and the annotation `bench/seq` have nine digits, so that updates can be patched into the bytes. */
export function makePod(index: number): object {
  const random = randomFrom(index + 1);
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
  const app = (index * 31) % APPS;
  const appName = `app-${app}`;
  const replicaSet = `${appName}-${randomFrom(app)().toString(36).slice(2, 11)}`;
  const time = `2026-05-${String(1 + (index % 28)).padStart(2, "0")}T10:20:30Z`;
  const ip = `10.${index % 250}.${(index >> 8) % 250}.${index % 253}`;
  return {
    kind: "Pod",
    apiVersion: "v1",
    metadata: {
      name: `${replicaSet}-${index.toString(36)}`,
      generateName: `${replicaSet}-`,
      namespace: `team-${index % NAMESPACES}`,
      uid: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      resourceVersion: String(400_000_000 + index),
      generation: 1,
      creationTimestamp: time,
      labels: {
        app: appName,
        "app.kubernetes.io/name": appName,
        "app.kubernetes.io/instance": `${appName}-prod`,
        "app.kubernetes.io/version": `v1.${app % 40}.0`,
        "pod-template-hash": replicaSet.slice(appName.length + 1),
        tier: app % 3 === 0 ? "frontend" : "backend",
      },
      annotations: {
        "bench/seq": "000000000",
        "prometheus.io/scrape": "true",
        "checksum/config": hex(64),
        "sidecar/status": `{"initContainers":[],"containers":["proxy"],"note":"a } in a \\ string"}`,
      },
      ownerReferences: [
        {
          apiVersion: "apps/v1",
          kind: "ReplicaSet",
          name: replicaSet,
          uid: `${"0".repeat(8)}-rs-${app}`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: managedFields(time, ip),
    },
    spec: {
      volumes: [
        { name: "config", configMap: { name: `${appName}-config`, defaultMode: 420 } },
        {
          name: "kube-api-access",
          projected: {
            sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: "token" } }],
            defaultMode: 420,
          },
        },
      ],
      containers: [container("server", appName, 8080, hex), container("proxy", appName, 15_000, hex)],
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      serviceAccountName: appName,
      nodeName: `ip-10-${index % 40}-1-${index % 250}.compute.internal`,
      securityContext: { fsGroup: 2000 },
      schedulerName: "default-scheduler",
      tolerations: ["not-ready", "unreachable"].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: "Exists",
        effect: "NoExecute",
        tolerationSeconds: 300,
      })),
      priority: 0,
      enableServiceLinks: true,
    },
    status: {
      phase: "Running",
      conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
        type,
        status: "True",
        lastProbeTime: null,
        lastTransitionTime: time,
      })),
      hostIP: `10.${index % 40}.1.${index % 250}`,
      podIP: ip,
      podIPs: [{ ip }],
      startTime: time,
      containerStatuses: ["proxy", "server"].map((name) => containerStatus(name, appName, time, hex)),
      qosClass: "Burstable",
    },
  };
}

type Hex = (length: number) => string;

function container(name: string, app: string, port: number, hex: Hex): object {
  return {
    name,
    image: `registry.example.com/${app}/${name}:v1.4.2`,
    args: ["--listen", `:${port}`, "--config=/etc/app/config.yaml", '--flag="a" && exec {run}', "--log-format=json"],
    ports: [
      { name: "http", containerPort: port, protocol: "TCP" },
      { name: "metrics", containerPort: port + 1, protocol: "TCP" },
    ],
    env: [
      { name: "POD_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } } },
      { name: "SETTINGS", value: '{"level":"info","shard":7}' },
      { name: "TOKEN_ID", value: hex(24) },
    ],
    resources: { limits: { cpu: "500m", memory: "512Mi" }, requests: { cpu: "100m", memory: "256Mi" } },
    volumeMounts: [
      { name: "config", readOnly: true, mountPath: "/etc/app" },
      { name: "kube-api-access", readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" },
    ],
    readinessProbe: {
      httpGet: { path: "/readyz", port, scheme: "HTTP" },
      initialDelaySeconds: 5,
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: "IfNotPresent",
    securityContext: { runAsNonRoot: true },
  };
}

function containerStatus(name: string, app: string, time: string, hex: Hex): object {
  return {
    name,
    state: { running: { startedAt: time } },
    lastState: {},
    ready: true,
    restartCount: 1,
    image: `registry.example.com/${app}/${name}:v1.4.2`,
    imageID: `registry.example.com/${app}/${name}@sha256:${hex(64)}`,
    containerID: `containerd://${hex(64)}`,
    started: true,
  };
}

function managedFields(time: string, ip: string): object[] {
  const fieldsOf = (): object => ({
    ".": {},
    "f:args": {},
    "f:env": {
      ".": {},
      'k:{"name":"POD_NAME"}': { ".": {}, "f:name": {}, "f:valueFrom": { ".": {}, "f:fieldRef": {} } },
    },
    "f:image": {},
    "f:imagePullPolicy": {},
    "f:ports": {
      ".": {},
      'k:{"containerPort":8080,"protocol":"TCP"}': { ".": {}, "f:containerPort": {}, "f:protocol": {} },
    },
    "f:readinessProbe": { ".": {}, "f:httpGet": { ".": {}, "f:path": {}, "f:port": {} } },
    "f:resources": { ".": {}, "f:limits": { ".": {}, "f:cpu": {}, "f:memory": {} } },
  });
  const condition = { ".": {}, "f:lastProbeTime": {}, "f:lastTransitionTime": {}, "f:status": {}, "f:type": {} };
  return [
    {
      manager: "kube-controller-manager",
      operation: "Update",
      apiVersion: "v1",
      time,
      fieldsType: "FieldsV1",
      fieldsV1: {
        "f:metadata": {
          "f:generateName": {},
          "f:labels": { ".": {}, "f:app": {}, "f:pod-template-hash": {} },
          "f:ownerReferences": {},
        },
        "f:spec": {
          "f:containers": { 'k:{"name":"server"}': fieldsOf(), 'k:{"name":"proxy"}': fieldsOf() },
          "f:dnsPolicy": {},
          "f:enableServiceLinks": {},
          "f:restartPolicy": {},
        },
      },
    },
    {
      manager: "kubelet",
      operation: "Update",
      apiVersion: "v1",
      time,
      fieldsType: "FieldsV1",
      fieldsV1: {
        "f:status": {
          "f:conditions": { 'k:{"type":"ContainersReady"}': condition, 'k:{"type":"Ready"}': condition },
          "f:containerStatuses": {},
          "f:hostIP": {},
          "f:phase": {},
          "f:podIP": {},
          "f:podIPs": { ".": {}, [`k:{"ip":"${ip}"}`]: { ".": {}, "f:ip": {} } },
          "f:startTime": {},
        },
      },
      subresource: "status",
    },
  ];
}
