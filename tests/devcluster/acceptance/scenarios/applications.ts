import type { Scenario } from "../scenario.ts";

/** What people keep in files and apply again and again. */
export const applications: Scenario = {
  name: "applications",
  async play(session) {
    const input = MANIFESTS;
    await session.kubectl("an application is applied", "apply -f -", { input, expect: "created" });
    await session.kubectl("an application is applied again", "apply -f -", { input });
    await session.kubectl("an application does not differ", "diff -f -", { input, expect: "exit code 0" });
    await session.kubectl("an application is applied by the server", "apply --server-side --force-conflicts -f -", {
      input,
    });
    await session.kubectl("an application as YAML", `get ${KINDS} -o yaml`);
    await session.kubectl("an application as a table", `get ${KINDS} -o wide`);
    await session.kubectl("an application with its managers", `get ${KINDS} -o yaml --show-managed-fields`);
    await session.kubectl("an application is described", `describe ${DESCRIBED.join(" ")}`);
    await session.kubectl("an application is deleted", "delete -f - --wait=false", { input });
  },
};

const DESCRIBED = [
  "statefulset/db daemonset/agent job/migrate cronjob/report pvc/data service/db ingress/web",
  "networkpolicy/db quota/limits limitrange/small role/reader configmap/settings",
];

const KINDS =
  "statefulset,daemonset,job,cronjob,pvc,service,ingress,networkpolicy,quota,limitrange,role,rolebinding,pdb,hpa,configmap/settings";

const labels = { app: "db" };
const container = {
  name: "main",
  image: "postgres:17",
  ports: [{ name: "sql", containerPort: 5432 }],
  env: [
    { name: "USER", value: "me" },
    { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "s", key: "p" } } },
    { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
  ],
  resources: { requests: { cpu: "0.5", memory: "1024Mi" }, limits: { cpu: 1, memory: "2Gi" } },
  readinessProbe: { tcpSocket: { port: "sql" } },
  livenessProbe: { httpGet: { path: "/", port: 5432 }, initialDelaySeconds: 3 },
  volumeMounts: [{ name: "data", mountPath: "/data" }],
};
const template = {
  metadata: { labels },
  spec: {
    containers: [container],
    volumes: [
      { name: "config", configMap: { name: "settings" } },
      { name: "scratch", emptyDir: {} },
    ],
    securityContext: { runAsNonRoot: true, fsGroup: 1000 },
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { labelSelector: { matchLabels: labels }, topologyKey: "kubernetes.io/hostname" },
          },
        ],
      },
    },
    tolerations: [{ key: "a", operator: "Exists", effect: "NoSchedule" }],
  },
};
const once = { ...template, spec: { containers: [{ name: "main", image: "busybox" }], restartPolicy: "Never" } };
const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

function object(apiVersion: string, kind: string, name: string, rest: object): object {
  return { apiVersion, kind, metadata: { name }, ...rest };
}

const MANIFESTS: readonly object[] = [
  object("v1", "ConfigMap", "settings", { data: { "app.conf": "a = 1\nb = 2\n" }, binaryData: { raw: "AAEC" } }),
  object("apps/v1", "StatefulSet", "db", {
    spec: {
      serviceName: "db",
      replicas: 2,
      selector: { matchLabels: labels },
      template,
      volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claim }],
    },
  }),
  object("apps/v1", "DaemonSet", "agent", {
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "a", image: "a" }] } },
    },
  }),
  object("batch/v1", "Job", "migrate", { spec: { backoffLimit: 2, template: { spec: once.spec } } }),
  object("batch/v1", "CronJob", "report", {
    spec: { schedule: "*/5 * * * *", jobTemplate: { spec: { template: { spec: once.spec } } } },
  }),
  object("v1", "PersistentVolumeClaim", "data", { spec: claim }),
  object("v1", "Service", "db", {
    spec: { clusterIP: "None", selector: labels, ports: [{ port: 5432, targetPort: "sql" }] },
  }),
  object("networking.k8s.io/v1", "Ingress", "web", {
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: ["example.com"], secretName: "cert" }],
      rules: [
        {
          host: "example.com",
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "db", port: { number: 80 } } } }],
          },
        },
      ],
    },
  }),
  object("networking.k8s.io/v1", "NetworkPolicy", "db", {
    spec: { podSelector: { matchLabels: labels }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }] }] },
  }),
  object("v1", "ResourceQuota", "limits", { spec: { hard: { pods: 10, "requests.cpu": "4" } } }),
  object("v1", "LimitRange", "small", {
    spec: { limits: [{ type: "Container", default: { cpu: "500m" }, max: { cpu: 2 } }] },
  }),
  object("rbac.authorization.k8s.io/v1", "Role", "reader", {
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
  }),
  object("rbac.authorization.k8s.io/v1", "RoleBinding", "readers", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
    subjects: [{ kind: "ServiceAccount", name: "default" }],
  }),
  object("policy/v1", "PodDisruptionBudget", "db", { spec: { minAvailable: 1, selector: { matchLabels: labels } } }),
  object("autoscaling/v2", "HorizontalPodAutoscaler", "db", {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: "db" },
      maxReplicas: 5,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
      ],
    },
  }),
];
