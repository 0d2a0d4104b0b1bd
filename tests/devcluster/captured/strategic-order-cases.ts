import { container, metadata, names, spec, type StrategicCase } from "./strategic-current.ts";

/** The order of elements, and lists of plain values. */
export const STRATEGIC_ORDER_CASES: readonly StrategicCase[] = [
  // The order of elements.
  { title: "an order of all", patch: spec({ "$setElementOrder/containers": names("c", "b", "a") }) },
  { title: "an order of some", patch: spec({ "$setElementOrder/containers": names("c", "a") }) },
  {
    title: "an order with a new element",
    patch: spec({ "$setElementOrder/containers": names("d", "b", "a"), containers: [container("d")] }),
  },
  {
    title: "an order after a deletion",
    patch: spec({
      "$setElementOrder/containers": names("d", "b"),
      containers: [{ name: "a", $patch: "delete" }, container("d")],
    }),
  },
  {
    title: "an order that takes the places of what is deleted",
    patch: spec({
      "$setElementOrder/containers": names("d"),
      containers: [container("d"), { name: "c", $patch: "delete" }],
    }),
  },
  { title: "an order of a list that is not there", patch: spec({ "$setElementOrder/initContainers": names("i") }) },
  {
    title: "an order of a list that is added",
    patch: spec({
      "$setElementOrder/initContainers": names("j", "i"),
      initContainers: [container("j"), container("i")],
    }),
  },
  {
    title: "an order that lacks an element",
    patch: spec({ "$setElementOrder/containers": names("b"), containers: [container("d")] }),
  },
  {
    title: "an order that the patch does not keep",
    patch: spec({ "$setElementOrder/containers": names("b", "a"), containers: [{ name: "a" }, { name: "b" }] }),
  },
  { title: "an order without keys", patch: spec({ "$setElementOrder/containers": [{}] }) },
  { title: "an order of texts for records", patch: spec({ "$setElementOrder/containers": ["a"] }) },
  { title: "an order that is no list", patch: spec({ "$setElementOrder/containers": "a" }) },
  { title: "an order of a text", patch: spec({ "$setElementOrder/hostname": ["a"] }) },
  { title: "an order of nothing", patch: spec({ $setElementOrder: ["a"] }) },
  { title: "an order of an empty list", patch: spec({ "$setElementOrder/initContainers": [], initContainers: [] }) },

  // Lists of plain values.
  { title: "a value is added", patch: metadata({ finalizers: ["example.com/c"] }) },
  {
    title: "values that are there come in the patch's order",
    patch: metadata({ finalizers: ["example.com/b", "example.com/c", "example.com/a"] }),
  },
  { title: "a value is deleted", patch: metadata({ "$deleteFromPrimitiveList/finalizers": ["example.com/a"] }) },
  {
    title: "values go and come",
    patch: metadata({ "$deleteFromPrimitiveList/finalizers": ["example.com/a"], finalizers: ["example.com/c"] }),
  },
  {
    title: "values in an order",
    patch: metadata({ "$setElementOrder/finalizers": ["example.com/b", "example.com/a"] }),
  },
  {
    title: "values go and come in an order",
    patch: metadata({
      "$deleteFromPrimitiveList/finalizers": ["example.com/a"],
      "$setElementOrder/finalizers": ["example.com/c", "example.com/b"],
      finalizers: ["example.com/c"],
    }),
  },
  { title: "a value of another type", patch: metadata({ finalizers: [5] }) },
  { title: "a deletion that is no list", patch: metadata({ "$deleteFromPrimitiveList/finalizers": "example.com/a" }) },
  { title: "a deletion from what is no list", patch: metadata({ "$deleteFromPrimitiveList/labels": ["app"] }) },
  { title: "a deletion from nothing", patch: metadata({ $deleteFromPrimitiveList: ["app"] }) },

  {
    title: "what kubectl apply sends for a manifest in which everything has changed",
    patch: {
      metadata: {
        "$deleteFromPrimitiveList/finalizers": ["example.com/a"],
        "$setElementOrder/finalizers": ["example.com/b", "example.com/c"],
        "$setElementOrder/ownerReferences": [{ uid: "2" }],
        finalizers: ["example.com/c"],
        labels: { app: null, new: "3" },
        ownerReferences: [
          { apiVersion: "v1", kind: "Node", name: "m", uid: "2" },
          { $patch: "delete", uid: "1" },
        ],
      },
      template: {
        spec: {
          "$setElementOrder/containers": names("c", "a", "d"),
          "$setElementOrder/volumes": names("v", "n"),
          containers: [
            {
              "$setElementOrder/env": names("C", "X"),
              "$setElementOrder/ports": [{ containerPort: 443 }, { containerPort: 81 }],
              "$setElementOrder/volumeMounts": [{ mountPath: "/w" }],
              args: ["c"],
              env: [
                { name: "C", value: "3" },
                { name: "X", value: "9" },
                { $patch: "delete", name: "Y" },
              ],
              name: "a",
              ports: [
                { containerPort: 81, name: "http", protocol: "TCP" },
                { $patch: "delete", containerPort: 80 },
              ],
              volumeMounts: [
                { mountPath: "/w", name: "v" },
                { $patch: "delete", mountPath: "/v" },
              ],
            },
            container("d"),
            { $patch: "delete", name: "b" },
          ],
          nodeSelector: null,
          tolerations: [{ key: "l", operator: "Exists" }],
          volumes: [
            { $retainKeys: ["hostPath", "name"], emptyDir: null, hostPath: { path: "/x", type: "" }, name: "v" },
            { emptyDir: {}, name: "n" },
            { $patch: "delete", name: "w" },
          ],
        },
      },
    },
  },
];
