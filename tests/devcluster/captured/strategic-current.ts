import type { JsonRecord } from "#kernel/json-value.ts";

/** A strategic merge patch of `CURRENT`. */
export interface StrategicCase {
  readonly title: string;
  readonly patch: JsonRecord;
}

/** A PodTemplate: nothing of it is immutable. Members that have defaults are set, so that no answer holds more. */
export const CURRENT = {
  apiVersion: "v1",
  kind: "PodTemplate",
  metadata: {
    name: "current",
    namespace: "default",
    labels: { app: "web", tier: "front" },
    finalizers: ["example.com/a", "example.com/b"],
    ownerReferences: [{ apiVersion: "v1", kind: "Node", name: "n", uid: "1" }],
  },
  template: {
    spec: {
      containers: [
        {
          ...container("a"),
          args: ["one", "two"],
          env: [
            { name: "X", value: "1" },
            { name: "Y", value: "2" },
          ],
          ports: [
            { name: "http", containerPort: 80, protocol: "TCP" },
            { containerPort: 443, protocol: "TCP" },
          ],
          volumeMounts: [{ name: "v", mountPath: "/v" }],
        },
        container("b"),
        container("c"),
      ],
      volumes: [
        { name: "v", emptyDir: {} },
        { name: "w", configMap: { name: "c", defaultMode: 420 } },
      ],
      tolerations: [{ key: "k", operator: "Exists" }],
      nodeSelector: { disk: "ssd", zone: "z" },
      securityContext: { runAsUser: 1 },
      restartPolicy: "Always",
      dnsPolicy: "ClusterFirst",
      schedulerName: "default-scheduler",
      terminationGracePeriodSeconds: 30,
    },
  },
};

export function container(name: string): JsonRecord {
  return {
    name,
    image: `image-${name}`,
    imagePullPolicy: "Always",
    resources: {},
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
  };
}

export function metadata(members: JsonRecord): JsonRecord {
  return { metadata: members };
}

export function spec(members: JsonRecord): JsonRecord {
  return { template: { spec: members } };
}

/** Of the first container. */
export function firstContainer(members: JsonRecord): JsonRecord {
  return spec({ containers: [{ name: "a", ...members }] });
}

export function names(...all: readonly string[]): readonly JsonRecord[] {
  return all.map((name) => ({ name }));
}
