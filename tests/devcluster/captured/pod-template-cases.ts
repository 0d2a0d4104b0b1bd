import type { JsonRecord } from "#kernel/json-value.ts";
import { apply, create, update, type WriteCase, type WriteStep } from "./write-case.ts";

/** A built-in kind, whose lists are found by keys with defaults. */
export const POD_TEMPLATE_CASES: readonly WriteCase[] = [
  templates(
    "containers of two managers",
    apply("m1", containers({ name: "a", image: "1" })),
    apply("m2", containers({ name: "b", image: "1" }, { name: "a", image: "1" })),
    apply("m1", containers({ name: "c", image: "1" })),
    apply("m2", containers({ name: "b", image: "1" })),
  ),
  templates(
    "a conflict over an image",
    apply("m1", containers({ name: "a", image: "1" })),
    apply("m2", containers({ name: "a", image: "2" })),
  ),
  templates(
    "a sidecar that somebody adds",
    apply("m1", containers({ name: "a", image: "1" })),
    update("u1", containers({ name: "sidecar", image: "1" }, { name: "a", image: "1" })),
    apply("m1", containers({ name: "a", image: "2" })),
  ),
  templates(
    "ports have number and protocol as key",
    apply(
      "m1",
      containers({
        name: "a",
        image: "1",
        ports: [
          { containerPort: 80, name: "http" },
          { containerPort: 80, protocol: "UDP" },
        ],
      }),
    ),
    apply("m2", containers({ name: "a", ports: [{ containerPort: 80, protocol: "TCP", name: "web" }] })),
  ),
  templates(
    "one port twice",
    apply(
      "m1",
      containers({ name: "a", image: "1", ports: [{ containerPort: 80 }, { containerPort: 80, protocol: "TCP" }] }),
    ),
  ),
  templates(
    "variables are dropped",
    apply(
      "m1",
      containers({
        name: "a",
        image: "1",
        env: [
          { name: "X", value: "1" },
          { name: "Y", value: "1" },
        ],
      }),
    ),
    update(
      "u1",
      containers({
        name: "a",
        image: "1",
        env: [
          { name: "X", value: "1" },
          { name: "Y", value: "2" },
          { name: "Z", value: "1" },
        ],
      }),
    ),
    apply("m1", containers({ name: "a", image: "1" })),
  ),
  templates(
    "a volume becomes another",
    apply("m1", podSpec({ containers: [{ name: "a", image: "1" }], volumes: [{ name: "v", emptyDir: {} }] })),
    apply(
      "m1",
      podSpec({ containers: [{ name: "a", image: "1" }], volumes: [{ name: "v", hostPath: { path: "/x" } }] }),
    ),
  ),
  templates(
    "tolerations have one owner",
    apply("m1", podSpec({ containers: [{ name: "a", image: "1" }], tolerations: [{ key: "k", operator: "Exists" }] })),
    apply("m2", podSpec({ tolerations: [{ key: "l", operator: "Exists" }] })),
  ),
  templates(
    "who creates owns the defaults",
    create(
      "u1",
      containers({ name: "a", image: "1", ports: [{ containerPort: 80 }], resources: { limits: { cpu: "1" } } }),
    ),
  ),
  templates(
    "an update of what is created",
    create("u1", containers({ name: "a", image: "1" })),
    update("u2", podSpec({ securityContext: { runAsUser: 1 }, affinity: {}, restartPolicy: "Always" })),
    update("u2", podSpec({ securityContext: null, nodeSelector: { a: "1" } })),
  ),
  templates("a number for an image", apply("m1", containers({ name: "a", image: 5 }))),
];

function templates(title: string, ...steps: readonly WriteStep[]): WriteCase {
  return { title, resource: "podtemplates", steps };
}

function containers(...list: readonly JsonRecord[]): JsonRecord {
  return podSpec({ containers: list });
}

function podSpec(members: JsonRecord): JsonRecord {
  return { template: { spec: members } };
}
