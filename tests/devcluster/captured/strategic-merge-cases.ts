import { container, firstContainer, metadata, spec, type StrategicCase } from "./strategic-current.ts";

/** Maps, and lists of records. */
export const STRATEGIC_MERGE_CASES: readonly StrategicCase[] = [
  { title: "nothing", patch: {} },

  // Maps.
  { title: "a member is set", patch: metadata({ labels: { app: "api" } }) },
  { title: "a member is added", patch: metadata({ labels: { new: "1" } }) },
  { title: "a member is deleted", patch: metadata({ labels: { app: null } }) },
  { title: "what is not there is deleted", patch: metadata({ labels: { nope: null } }) },
  { title: "a map is deleted", patch: metadata({ labels: null }) },
  { title: "a map is added, with a null in it", patch: metadata({ annotations: { a: "1", b: null } }) },
  { title: "a map is replaced", patch: metadata({ labels: { $patch: "replace", z: "1" } }) },
  { title: "a map is deleted by a directive", patch: metadata({ labels: { $patch: "delete" } }) },
  { title: "a map that is not there is replaced", patch: metadata({ annotations: { $patch: "replace", z: "1" } }) },
  { title: "a map that is not there is deleted", patch: metadata({ annotations: { $patch: "delete", z: "1" } }) },
  { title: "merge is no directive of maps", patch: metadata({ labels: { $patch: "merge", z: "1" } }) },
  { title: "an unknown directive of a map", patch: metadata({ labels: { $patch: "bogus" } }) },
  { title: "a directive that is no text", patch: metadata({ labels: { $patch: 5 } }) },
  { title: "keys are retained", patch: metadata({ labels: { $retainKeys: ["tier", "z"], z: "1" } }) },
  {
    title: "keys are retained that the patch goes beyond",
    patch: metadata({ labels: { $retainKeys: ["z"], y: "1" } }),
  },
  { title: "keys to retain are no list", patch: metadata({ labels: { $retainKeys: "app" } }) },
  { title: "a nested map is merged", patch: spec({ securityContext: { fsGroup: 2 } }) },
  {
    title: "a nested map is added with a deletion in it",
    patch: spec({ affinity: { nodeAffinity: { $patch: "delete" } } }),
  },

  // Lists of records.
  { title: "an element is changed", patch: spec({ containers: [{ name: "b", image: "new" }] }) },
  { title: "an element is added", patch: spec({ containers: [container("d")] }) },
  {
    title: "elements are changed and added",
    patch: spec({ containers: [container("d"), { name: "a", image: "new" }] }),
  },
  { title: "elements come in the patch's order", patch: spec({ containers: [{ name: "c" }, { name: "a" }] }) },
  { title: "an element is deleted", patch: spec({ containers: [{ name: "b", $patch: "delete" }] }) },
  { title: "an element that is not there is deleted", patch: spec({ containers: [{ name: "z", $patch: "delete" }] }) },
  {
    title: "one element goes, another comes",
    patch: spec({ containers: [{ name: "a", $patch: "delete" }, container("d")] }),
  },
  { title: "a list is replaced", patch: spec({ containers: [{ $patch: "replace" }, container("d")] }) },
  {
    title: "an element that says replace is none",
    patch: firstContainer({ env: [{ name: "X", value: "9", $patch: "replace" }] }),
  },
  { title: "an empty list changes nothing", patch: spec({ containers: [] }) },
  { title: "a list is deleted", patch: spec({ tolerations: null }) },
  { title: "a list is added", patch: spec({ initContainers: [container("i"), { name: "j", $patch: "delete" }] }) },
  { title: "an element without its key", patch: spec({ containers: [{ image: "x" }] }) },
  { title: "a deletion without its key", patch: spec({ containers: [{ $patch: "delete" }] }) },
  { title: "merge is no directive of elements", patch: spec({ containers: [{ name: "a", $patch: "merge" }] }) },
  { title: "an unknown directive of an element", patch: spec({ containers: [{ name: "a", $patch: "bogus" }] }) },
  { title: "an element that is a text", patch: metadata({ ownerReferences: ["x"] }) },
  { title: "a null among elements", patch: metadata({ ownerReferences: [null] }) },
  {
    title: "two elements with one key",
    patch: firstContainer({
      env: [
        { name: "N", value: "1" },
        { name: "N", value: "2" },
      ],
    }),
  },
  {
    title: "lists within an element",
    patch: firstContainer({
      env: [
        { name: "Z", value: "3" },
        { name: "X", $patch: "delete" },
      ],
    }),
  },
  { title: "a member of an element is deleted", patch: firstContainer({ env: [{ name: "X", value: null }] }) },
  {
    title: "ports have their number as key",
    patch: firstContainer({
      ports: [
        { containerPort: 80, protocol: "UDP" },
        { containerPort: 81, protocol: "TCP" },
      ],
    }),
  },
  {
    title: "volume mounts have their path as key",
    patch: firstContainer({
      volumeMounts: [
        { name: "w", mountPath: "/v" },
        { name: "v", mountPath: "/w" },
      ],
    }),
  },
  {
    title: "owners have their uid as key",
    patch: metadata({ ownerReferences: [{ apiVersion: "v1", kind: "Node", name: "m", uid: "2" }] }),
  },
  {
    title: "a volume becomes another, the rest of it retained",
    patch: spec({ volumes: [{ name: "v", $retainKeys: ["name", "hostPath"], hostPath: { path: "/x", type: "" } }] }),
  },
  {
    title: "a volume whose keys to retain leave its value out",
    patch: spec({ volumes: [{ name: "v", $retainKeys: ["name"], hostPath: { path: "/x" } }] }),
  },
  {
    title: "a list without a way to merge is replaced",
    patch: spec({ tolerations: [{ key: "l", operator: "Exists" }] }),
  },
  { title: "a list of texts without a way to merge is replaced", patch: firstContainer({ args: ["three"] }) },
];
