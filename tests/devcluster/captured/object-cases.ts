import type { JsonRecord } from "#kernel/json-value.ts";

/** An object of a built-in kind that the server refuses or takes. */
export interface ObjectCase {
  /** As in `resourceName`: `deployments.apps`. */
  readonly resource: string;
  /** Without `apiVersion` and `kind`. */
  readonly object: JsonRecord;
  /** What it replaces, if it does. */
  readonly old?: JsonRecord;
}

const META = { name: "a" };
const LABELS = { app: "a" };
const CONTAINER = { name: "c", image: "nginx" };
const TEMPLATE = { metadata: { labels: LABELS }, spec: { containers: [CONTAINER] } };
const JOB_TEMPLATE = { spec: { restartPolicy: "Never", containers: [CONTAINER] } };
const HTTP = { service: { name: "s", port: { number: 80 } } };

function named(resource: string, name: string): ObjectCase {
  return { resource, object: { metadata: { name } } };
}

function withMetadata(metadata: JsonRecord): ObjectCase {
  return { resource: "configmaps", object: { metadata } };
}

function pod(spec: JsonRecord): ObjectCase {
  return { resource: "pods", object: { metadata: META, spec: { containers: [CONTAINER], ...spec } } };
}

function container(members: JsonRecord): ObjectCase {
  return pod({ containers: [{ ...CONTAINER, ...members }] });
}

function deployment(spec: JsonRecord, metadata: JsonRecord = META): ObjectCase {
  const whole = { selector: { matchLabels: LABELS }, template: TEMPLATE, ...spec };
  return { resource: "deployments.apps", object: { metadata, spec: whole } };
}

function service(spec: JsonRecord): ObjectCase {
  return { resource: "services", object: { metadata: META, spec: { ports: [{ port: 80 }], ...spec } } };
}

function job(spec: JsonRecord): ObjectCase {
  return { resource: "jobs.batch", object: { metadata: META, spec: { template: JOB_TEMPLATE, ...spec } } };
}

function cronJob(spec: JsonRecord): ObjectCase {
  const whole = { schedule: "* * * * *", jobTemplate: { spec: { template: JOB_TEMPLATE } }, ...spec };
  return { resource: "cronjobs.batch", object: { metadata: META, spec: whole } };
}

function statefulSet(spec: JsonRecord): ObjectCase {
  const whole = { serviceName: "s", selector: { matchLabels: LABELS }, template: TEMPLATE, ...spec };
  return { resource: "statefulsets.apps", object: { metadata: META, spec: whole } };
}

function ingress(spec: JsonRecord): ObjectCase {
  return { resource: "ingresses.networking.k8s.io", object: { metadata: META, spec } };
}

function changed(from: ObjectCase, to: ObjectCase): ObjectCase {
  return { ...to, old: from.object };
}

export const OBJECT_CASES: Readonly<Record<string, ObjectCase>> = {
  "a config map without a name": withMetadata({}),
  "a config map with capitals in its name": named("configmaps", "X_"),
  "a config map with a long name": named("configmaps", "a".repeat(254)),
  "a config map with a bad generateName": withMetadata({ generateName: "X_" }),
  "a config map with a generateName": withMetadata({ generateName: "x-" }),
  "a config map in another namespace's name": withMetadata({ name: "a", labels: { "a b": "x" } }),
  "labels with bad values": withMetadata({ name: "a", labels: { a: "b c", d: "-x" } }),
  "labels with bad prefixes": withMetadata({ name: "a", labels: { "A_/b": "c", "/d": "e", "a/b/c": "f", "x/": "" } }),
  "labels that are too long": withMetadata({ name: "a", labels: { ["k".repeat(64)]: "v".repeat(64) } }),
  "annotations with bad keys": withMetadata({ name: "a", annotations: { "a b": "x", "-": "y" } }),
  "annotations with capitals in the prefix": withMetadata({ name: "a", annotations: { "Example.com/x": "y" } }),
  "annotations that are too large": withMetadata({ name: "a", annotations: { a: "x".repeat(262_145) } }),
  "bad finalizers": withMetadata({ name: "a", finalizers: ["x", "a/b", "A B"] }),
  "bad owners": withMetadata({ name: "a", ownerReferences: [{ apiVersion: "", kind: "", name: "", uid: "" }] }),
  "two controllers": withMetadata({
    name: "a",
    ownerReferences: ["x", "y"].map((name) => ({ apiVersion: "v1", kind: "Pod", name, uid: name, controller: true })),
  }),
  "an event as owner": withMetadata({
    name: "a",
    ownerReferences: [{ apiVersion: "v1", kind: "Event", name: "x", uid: "x" }],
  }),
  "a negative generation": withMetadata({ name: "a", generation: -1 }),
  "config map keys": { resource: "configmaps", object: { metadata: META, data: { "a b": "x", "..": "y", ok: "z" } } },
  "config map keys of both kinds": {
    resource: "configmaps",
    object: { metadata: META, data: { k: "x" }, binaryData: { k: "eA==" } },
  },
  "config map that is too large": {
    resource: "configmaps",
    object: { metadata: META, data: { k: "x".repeat(1_048_577) } },
  },
  "an immutable config map that changes": {
    resource: "configmaps",
    old: { metadata: META, data: { a: "b" }, immutable: true },
    object: { metadata: META, data: { a: "c" } },
  },
  "secret keys": { resource: "secrets", object: { metadata: META, data: { "a b": "eA==" } } },
  "a docker secret without its key": {
    resource: "secrets",
    object: { metadata: META, type: "kubernetes.io/dockerconfigjson" },
  },
  "a docker secret that is no JSON": {
    resource: "secrets",
    object: { metadata: META, type: "kubernetes.io/dockerconfigjson", data: { ".dockerconfigjson": "eA==" } },
  },
  "a basic auth secret without keys": {
    resource: "secrets",
    object: { metadata: META, type: "kubernetes.io/basic-auth" },
  },
  "an ssh secret without a key": { resource: "secrets", object: { metadata: META, type: "kubernetes.io/ssh-auth" } },
  "a TLS secret without keys": { resource: "secrets", object: { metadata: META, type: "kubernetes.io/tls" } },
  "a token secret without an account": {
    resource: "secrets",
    object: { metadata: META, type: "kubernetes.io/service-account-token" },
  },
  "a secret whose type changes": {
    resource: "secrets",
    old: { metadata: META, type: "Opaque" },
    object: { metadata: META, type: "example.com/other" },
  },
  "an immutable secret that changes": {
    resource: "secrets",
    old: { metadata: META, data: { a: "eA==" }, immutable: true },
    object: { metadata: META, data: { a: "eQ==" }, immutable: true },
  },
  "a namespace with a dot": named("namespaces", "a.b"),
  "a service with a digit first": {
    resource: "services",
    object: { metadata: { name: "1a" }, spec: { ports: [{ port: 80 }] } },
  },
  "a service account with capitals": named("serviceaccounts", "A"),
  "a role with a slash": named("roles.rbac.authorization.k8s.io", "a/b"),
  "a role with a colon and capitals": named("roles.rbac.authorization.k8s.io", "System:x"),
  "a cluster role with a percent sign": named("clusterroles.rbac.authorization.k8s.io", "a%b"),
  "a lease with capitals": named("leases.coordination.k8s.io", "A"),
  "a priority class with capitals": {
    resource: "priorityclasses.scheduling.k8s.io",
    object: { metadata: { name: "A" }, value: 1 },
  },
  "a role without verbs": {
    resource: "roles.rbac.authorization.k8s.io",
    object: { metadata: META, rules: [{ apiGroups: [""], resources: ["pods"] }, { verbs: ["get"] }] },
  },
  "a role with URLs": {
    resource: "roles.rbac.authorization.k8s.io",
    object: { metadata: META, rules: [{ verbs: ["get"], nonResourceURLs: ["/x"] }] },
  },
  "a cluster role with both": {
    resource: "clusterroles.rbac.authorization.k8s.io",
    object: {
      metadata: META,
      rules: [{ verbs: ["get"], nonResourceURLs: ["/x"], resources: ["pods"], apiGroups: [""] }],
    },
  },
  "a role binding without a role": { resource: "rolebindings.rbac.authorization.k8s.io", object: { metadata: META } },
  "a role binding of odd subjects": {
    resource: "rolebindings.rbac.authorization.k8s.io",
    object: {
      metadata: META,
      roleRef: { kind: "Job", name: "x", apiGroup: "example.com" },
      subjects: [
        { kind: "User" },
        { kind: "ServiceAccount", name: "X" },
        { kind: "Pod", name: "x" },
        { kind: "ServiceAccount", name: "x" },
      ],
    },
  },
  "a role binding whose role changes": {
    resource: "rolebindings.rbac.authorization.k8s.io",
    old: { metadata: META, roleRef: { kind: "Role", name: "x", apiGroup: "rbac.authorization.k8s.io" } },
    object: { metadata: META, roleRef: { kind: "Role", name: "y", apiGroup: "rbac.authorization.k8s.io" } },
  },
  "a pod without a spec": named("pods", "a"),
  "a pod without containers": pod({ containers: [] }),
  "a container without a name and an image": pod({ containers: [{}] }),
  "a container with a bad name": container({ name: "C_1" }),
  "two containers of one name": pod({ containers: [CONTAINER, CONTAINER] }),
  "an init container of the same name": pod({ initContainers: [CONTAINER] }),
  "a container with spaces around its image": container({ image: " nginx " }),
  "a container with a bad pull policy": container({ imagePullPolicy: "Sometimes" }),
  "a container with a bad message policy": container({ terminationMessagePolicy: "X" }),
  "ports out of range": container({ ports: [{ containerPort: 0 }, { containerPort: 70_000, hostPort: 70_000 }] }),
  "ports with bad names": container({
    ports: [
      { containerPort: 1, name: "A_" },
      { containerPort: 2, name: "a--b" },
      { containerPort: 3, name: "0123456789abcdef" },
      { containerPort: 4, name: "12" },
    ],
  }),
  "ports of one name": container({
    ports: [
      { containerPort: 1, name: "x" },
      { containerPort: 2, name: "x" },
    ],
  }),
  "a port of a bad protocol": container({ ports: [{ containerPort: 1, protocol: "HTTP" }] }),
  "host ports that collide": container({
    ports: [
      { containerPort: 1, hostPort: 80 },
      { containerPort: 2, hostPort: 80 },
    ],
  }),
  "variables without names": container({ env: [{ value: "x" }, { name: "a=b", value: "y" }, { name: "ok" }] }),
  "a variable with two sources": container({
    env: [{ name: "a", value: "x", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
  }),
  "a variable from nothing": container({ env: [{ name: "a", valueFrom: {} }] }),
  "a variable from an unknown field": container({
    env: [{ name: "a", valueFrom: { fieldRef: { fieldPath: "spec.x" } } }],
  }),
  "a variable from a key without a name": container({
    env: [
      { name: "a", valueFrom: { configMapKeyRef: {} } },
      { name: "b", valueFrom: { secretKeyRef: { name: "S", key: "a b" } } },
    ],
  }),
  "variables from nowhere": container({ envFrom: [{}, { prefix: "a=b", configMapRef: {} }] }),
  "a mount of an unknown volume": container({ volumeMounts: [{ name: "v", mountPath: "/x" }] }),
  "mounts without paths": pod({
    containers: [
      {
        ...CONTAINER,
        volumeMounts: [
          { name: "", mountPath: "" },
          { name: "v", mountPath: "/x" },
          { name: "v", mountPath: "/x" },
        ],
      },
    ],
    volumes: [{ name: "v", emptyDir: {} }],
  }),
  "a mount with a sub path upwards": pod({
    containers: [{ ...CONTAINER, volumeMounts: [{ name: "v", mountPath: "/x:y", subPath: "../a" }] }],
    volumes: [{ name: "v", emptyDir: {} }],
  }),
  "a probe without a handler": container({ livenessProbe: {} }),
  "a probe with two handlers": container({ readinessProbe: { tcpSocket: { port: 1 }, exec: { command: ["x"] } } }),
  "a probe with odd numbers": container({
    livenessProbe: { tcpSocket: { port: "x_" }, periodSeconds: -1, successThreshold: 2, timeoutSeconds: -3 },
  }),
  "an http probe without a port": container({ livenessProbe: { httpGet: { path: "", scheme: "FTP" } } }),
  "an exec probe without a command": container({ startupProbe: { exec: {} } }),
  "limits below requests": container({ resources: { limits: { cpu: "1" }, requests: { cpu: "2", memory: "-1" } } }),
  "resources of unknown names": container({ resources: { limits: { gpu: "1", "a b": "1" } } }),
  "volumes without names": pod({
    volumes: [{ emptyDir: {} }, { name: "A", emptyDir: {} }, { name: "v", emptyDir: {} }, { name: "v", emptyDir: {} }],
  }),
  "a volume of two kinds": pod({ volumes: [{ name: "v", emptyDir: {}, hostPath: { path: "/x" } }] }),
  "volumes without what they need": pod({
    volumes: [
      { name: "a", configMap: {} },
      { name: "b", secret: {} },
      { name: "c", hostPath: {} },
      { name: "d", persistentVolumeClaim: {} },
      { name: "e", projected: { sources: [{}] } },
      { name: "f", downwardAPI: { items: [{ path: "" }] } },
      { name: "g", configMap: { name: "x", items: [{ key: "", path: "" }], defaultMode: 4096 } },
      { name: "h", nfs: {} },
      { name: "i", csi: {} },
    ],
  }),
  "a bad restart policy": pod({ restartPolicy: "Sometimes" }),
  "a bad DNS policy": pod({ dnsPolicy: "X" }),
  "a bad service account": pod({ serviceAccountName: "X_" }),
  "a bad node name": pod({ nodeName: "X_" }),
  "a bad host name": pod({ hostname: "a.b", subdomain: "c.d" }),
  "a deadline of zero": pod({ activeDeadlineSeconds: 0 }),
  "a negative grace period": pod({ terminationGracePeriodSeconds: -1 }),
  "a bad node selector": pod({ nodeSelector: { "a b": "c d" } }),
  "pull secrets without a name": pod({ imagePullSecrets: [{}] }),
  "bad tolerations": pod({
    tolerations: [
      { operator: "X" },
      { key: "k", operator: "Exists", value: "v" },
      { key: "k", effect: "X" },
      { key: "k", tolerationSeconds: 1 },
    ],
  }),
  "an odd affinity": pod({
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } },
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] },
    },
  }),
  "an odd spread": pod({ topologySpreadConstraints: [{ maxSkew: 0, topologyKey: "", whenUnsatisfiable: "X" }] }),
  "a bad host alias": pod({ hostAliases: [{ ip: "x", hostnames: ["A_"] }] }),
  "an odd security context": pod({ securityContext: { runAsUser: -1, fsGroup: -2, sysctls: [{ name: "" }] } }),
  "a container's odd security context": container({
    securityContext: { privileged: true, allowPrivilegeEscalation: false, runAsUser: -1 },
  }),
  "a pod whose spec changes": changed(pod({}), pod({ nodeSelector: { a: "b" } })),
  "a pod whose image changes": changed(pod({}), container({ image: "httpd" })),
  "a pod whose container goes": changed(pod({ containers: [CONTAINER, { ...CONTAINER, name: "d" }] }), pod({})),
  "a pod whose grace period changes": changed(pod({}), pod({ terminationGracePeriodSeconds: 5 })),
  "a deployment without a spec": named("deployments.apps", "a"),
  "a deployment whose labels do not match": deployment({ selector: { matchLabels: { app: "b" } } }),
  "a deployment with an empty selector": deployment({ selector: {} }),
  "a deployment with a bad selector": deployment({
    selector: {
      matchLabels: { "a b": "c d" },
      matchExpressions: [
        { key: "k", operator: "X" },
        { key: "k", operator: "In" },
        { key: "k", operator: "Exists", values: ["x"] },
      ],
    },
  }),
  "a deployment without containers": deployment({ template: { metadata: { labels: LABELS }, spec: {} } }),
  "a deployment of pods that end": deployment({
    template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, restartPolicy: "Never" } },
  }),
  "a deployment with negative numbers": deployment({
    replicas: -1,
    minReadySeconds: -1,
    revisionHistoryLimit: -1,
    progressDeadlineSeconds: -1,
  }),
  "a deployment with a short deadline": deployment({ minReadySeconds: 10, progressDeadlineSeconds: 5 }),
  "a deployment that recreates and rolls": deployment({
    strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } },
  }),
  "a deployment that may do nothing": deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
  "a deployment with odd percentages": deployment({
    strategy: { rollingUpdate: { maxSurge: "x", maxUnavailable: "101%" } },
  }),
  "a deployment of an unknown strategy": deployment({ strategy: { type: "X" } }),
  "a deployment with a bad name and template labels": deployment(
    { template: { ...TEMPLATE, metadata: { labels: { app: "a", "b c": "d e" } } } },
    { name: "A" },
  ),
  "a deployment whose selector changes": changed(
    deployment({}),
    deployment({
      selector: { matchLabels: { app: "b" } },
      template: { ...TEMPLATE, metadata: { labels: { app: "b" } } },
    }),
  ),
  "a deployment whose image changes": changed(
    deployment({}),
    deployment({ template: { ...TEMPLATE, spec: { containers: [{ ...CONTAINER, image: "httpd" }] } } }),
  ),
  "a replica set without a selector": {
    resource: "replicasets.apps",
    object: { metadata: META, spec: { template: TEMPLATE } },
  },
  "a replica set whose labels do not match": {
    resource: "replicasets.apps",
    object: { metadata: META, spec: { selector: { matchLabels: { app: "b" } }, template: TEMPLATE } },
  },
  "a daemon set without a spec": named("daemonsets.apps", "a"),
  "a daemon set whose labels do not match": {
    resource: "daemonsets.apps",
    object: { metadata: META, spec: { selector: { matchLabels: { app: "b" } }, template: TEMPLATE } },
  },
  "a daemon set of an unknown strategy": {
    resource: "daemonsets.apps",
    object: {
      metadata: META,
      spec: { selector: { matchLabels: LABELS }, template: TEMPLATE, updateStrategy: { type: "X" } },
    },
  },
  "a daemon set of pods that end": {
    resource: "daemonsets.apps",
    object: {
      metadata: META,
      spec: {
        selector: { matchLabels: LABELS },
        template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, restartPolicy: "OnFailure" } },
      },
    },
  },
  "a stateful set without a spec": named("statefulsets.apps", "a"),
  "a stateful set whose labels do not match": statefulSet({ selector: { matchLabels: { app: "b" } } }),
  "a stateful set with odd policies": statefulSet({
    podManagementPolicy: "X",
    updateStrategy: { type: "X" },
    replicas: -1,
  }),
  "a stateful set with a long name": {
    ...statefulSet({}),
    object: { ...statefulSet({}).object, metadata: { name: "a".repeat(64) } },
  },
  "a stateful set whose claim is mounted": statefulSet({
    template: {
      ...TEMPLATE,
      spec: { containers: [{ ...CONTAINER, volumeMounts: [{ name: "data", mountPath: "/data" }] }] },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    ],
  }),
  "a stateful set that mounts what is neither volume nor claim": statefulSet({
    template: {
      ...TEMPLATE,
      spec: { containers: [{ ...CONTAINER, volumeMounts: [{ name: "data", mountPath: "/data" }] }] },
    },
  }),
  "a stateful set whose service changes": changed(statefulSet({}), statefulSet({ serviceName: "t" })),
  "a stateful set whose replicas change": changed(statefulSet({}), statefulSet({ replicas: 3 })),
  "a job without a spec": named("jobs.batch", "a"),
  "a job of pods that go on": job({ template: { spec: { containers: [CONTAINER] } } }),
  "a job with negative numbers": job({
    parallelism: -1,
    completions: -1,
    backoffLimit: -1,
    activeDeadlineSeconds: -1,
    ttlSecondsAfterFinished: -1,
  }),
  "a job of an unknown mode": job({ completionMode: "X" }),
  "an indexed job without completions": job({ completionMode: "Indexed", parallelism: 1 }),
  "a cron job without a spec": named("cronjobs.batch", "a"),
  "a cron job with a bad schedule": cronJob({ schedule: "x y" }),
  "a cron job with a time zone in its schedule": cronJob({ schedule: "TZ=UTC * * * * *" }),
  "a cron job with a bad time zone": cronJob({ timeZone: "Nowhere/Land" }),
  "a cron job with odd members": cronJob({
    concurrencyPolicy: "X",
    startingDeadlineSeconds: -1,
    successfulJobsHistoryLimit: -1,
    failedJobsHistoryLimit: -1,
  }),
  "a cron job of pods that go on": cronJob({
    jobTemplate: { spec: { template: { spec: { containers: [CONTAINER] } } } },
  }),
  "a cron job with a long name": {
    ...cronJob({}),
    object: { ...cronJob({}).object, metadata: { name: "a".repeat(53) } },
  },
  "a service without ports": service({ ports: [] }),
  "a headless service without ports": service({ ports: [], clusterIP: "None" }),
  "a service with bad ports": service({
    ports: [{ port: 0 }, { port: 70_000, name: "x" }, { port: 80, protocol: "HTTP", name: "y" }],
  }),
  "a service with unnamed ports": service({ ports: [{ port: 80 }, { port: 81 }] }),
  "a service with badly named ports": service({
    ports: [
      { port: 80, name: "A_" },
      { port: 81, name: "a" },
      { port: 82, name: "a" },
    ],
  }),
  "a service with one port twice": service({
    ports: [
      { port: 80, name: "a" },
      { port: 80, name: "b" },
    ],
  }),
  "a service with a bad target": service({
    ports: [
      { port: 80, targetPort: "A_" },
      { port: 81, targetPort: 70_000, name: "x" },
    ],
  }),
  "a service of an unknown type": service({ type: "X" }),
  "a service with a bad selector": service({ selector: { "a b": "c d" } }),
  "a service with odd affinity": service({ sessionAffinity: "X" }),
  "a service with a long affinity": service({
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 90_000 } },
  }),
  "an external service without a name": service({ type: "ExternalName", ports: [] }),
  "an external service with a bad name": service({ type: "ExternalName", externalName: "A_b", ports: [] }),
  "a service with a bad cluster IP": service({ clusterIP: "x" }),
  "a service with bad external IPs": service({ externalIPs: ["x", "127.0.0.1"] }),
  "a service with a node port": service({ ports: [{ port: 80, nodePort: 30_000 }] }),
  "a service with a policy": service({ externalTrafficPolicy: "Local" }),
  "a service with odd policies": service({ type: "NodePort", externalTrafficPolicy: "X", internalTrafficPolicy: "Y" }),
  "a load balancer with bad ranges": service({
    type: "LoadBalancer",
    loadBalancerSourceRanges: ["10.0.0.0"],
    loadBalancerClass: "x y",
  }),
  "an ingress without anything": ingress({}),
  "an ingress without a path type": ingress({ rules: [{ http: { paths: [{ path: "/", backend: HTTP }] } }] }),
  "an ingress with odd paths": ingress({
    rules: [
      {
        host: "A_",
        http: {
          paths: [
            { path: "x", pathType: "Prefix", backend: HTTP },
            { path: "/a//b", pathType: "Exact", backend: HTTP },
            { pathType: "X", backend: {} },
          ],
        },
      },
    ],
  }),
  "an ingress with odd backends": ingress({
    defaultBackend: { service: { name: "", port: {} } },
    rules: [{ host: "1.2.3.4", http: { paths: [] } }],
  }),
  "an ingress with odd hosts": ingress({ rules: [{ host: "*.b" }, { host: "*" }], tls: [{ hosts: ["A_"] }] }),
  "a network policy with odd types": {
    resource: "networkpolicies.networking.k8s.io",
    object: {
      metadata: META,
      spec: {
        policyTypes: ["X"],
        podSelector: { matchLabels: { "a b": "c" } },
        ingress: [
          { ports: [{ port: 70_000, protocol: "X" }], from: [{}, { ipBlock: { cidr: "x" }, podSelector: {} }] },
        ],
      },
    },
  },
  "a claim without anything": named("persistentvolumeclaims", "a"),
  "a claim with odd members": {
    resource: "persistentvolumeclaims",
    object: {
      metadata: META,
      spec: { accessModes: ["X"], resources: { requests: { storage: "-1" } }, volumeMode: "X", storageClassName: "A_" },
    },
  },
  "a claim that shrinks": {
    resource: "persistentvolumeclaims",
    old: { metadata: META, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "2Gi" } } } },
    object: { metadata: META, spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } } },
  },
  "a volume without anything": named("persistentvolumes", "a"),
  "a volume with odd members": {
    resource: "persistentvolumes",
    object: {
      metadata: META,
      spec: {
        capacity: { cpu: "1" },
        accessModes: ["X"],
        hostPath: { path: "../x" },
        persistentVolumeReclaimPolicy: "X",
      },
    },
  },
  "an autoscaler without anything": named("horizontalpodautoscalers.autoscaling", "a"),
  "an autoscaler with odd numbers": {
    resource: "horizontalpodautoscalers.autoscaling",
    object: {
      metadata: META,
      spec: {
        minReplicas: 5,
        maxReplicas: 2,
        scaleTargetRef: { kind: "", name: "A/b" },
        metrics: [{ type: "X" }, { type: "Resource" }],
      },
    },
  },
  "a disruption budget with both": {
    resource: "poddisruptionbudgets.policy",
    object: {
      metadata: META,
      spec: { minAvailable: 1, maxUnavailable: "x", selector: { matchLabels: { "a b": "c" } } },
    },
  },
  "a disruption budget with negatives": {
    resource: "poddisruptionbudgets.policy",
    object: { metadata: META, spec: { minAvailable: -1 } },
  },
  "a quota with odd members": {
    resource: "resourcequotas",
    object: { metadata: META, spec: { hard: { "a b": "1", pods: "1.5", cpu: "-1" }, scopes: ["X"] } },
  },
  "a limit range with odd members": {
    resource: "limitranges",
    object: {
      metadata: META,
      spec: {
        limits: [
          { type: "Container", max: { cpu: "1" }, min: { cpu: "2" } },
          { type: "Pod", default: { cpu: "1" } },
          { type: "Container" },
        ],
      },
    },
  },
  "a storage class without a provisioner": named("storageclasses.storage.k8s.io", "a"),
  "a priority class that is too high": {
    resource: "priorityclasses.scheduling.k8s.io",
    object: { metadata: META, value: 2_000_000_000, preemptionPolicy: "X" },
  },
  "a priority class of the system": {
    resource: "priorityclasses.scheduling.k8s.io",
    object: { metadata: { name: "system-x" }, value: 1 },
  },
  "a priority class that changes": {
    resource: "priorityclasses.scheduling.k8s.io",
    old: { metadata: META, value: 1 },
    object: { metadata: META, value: 2 },
  },
  "a lease with odd members": {
    resource: "leases.coordination.k8s.io",
    object: { metadata: META, spec: { leaseDurationSeconds: 0, leaseTransitions: -1, holderIdentity: "" } },
  },
  "endpoints with odd members": {
    resource: "endpoints",
    object: {
      metadata: META,
      subsets: [{}, { addresses: [{ ip: "x" }], ports: [{ port: 0 }, { port: 70_000, name: "A_" }] }],
    },
  },
  "an endpoint slice with odd members": {
    resource: "endpointslices.discovery.k8s.io",
    object: { metadata: META, addressType: "X", endpoints: [{ addresses: [] }], ports: [{ name: "A_", port: 0 }] },
  },
  "an event without an object": { resource: "events", object: { metadata: META } },
  "an event of another namespace": {
    resource: "events",
    object: { metadata: META, involvedObject: { namespace: "other" } },
  },
  "a pod template without anything": named("podtemplates", "a"),
  "a replication controller without anything": named("replicationcontrollers", "a"),
  "an ingress class without a controller": named("ingressclasses.networking.k8s.io", "a"),
  "a runtime class without a handler": named("runtimeclasses.node.k8s.io", "a"),
  "a node with odd members": {
    resource: "nodes",
    object: { metadata: { name: "A_" }, spec: { taints: [{ key: "", effect: "X" }], podCIDRs: ["x"] } },
  },
};
