import type { JsonRecord } from "#kernel/json-value.ts";
import { apply, create, jsonPatch, update, type WriteCase, type WriteStep } from "./write-case.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Owners, conflicts and the bookkeeping itself. */
export const CONFIG_MAP_CASES: readonly WriteCase[] = [
  maps("an apply creates", apply("m1", data({ a: "1" }))),
  maps("an apply again changes nothing", apply("m1", data({ a: "1" })), apply("m1", data({ a: "1" }))),
  maps("an apply changes a value", apply("m1", data({ a: "1", b: "1" })), apply("m1", data({ a: "2", b: "1" }))),
  maps("a key that is dropped disappears", apply("m1", data({ a: "1", b: "1" })), apply("m1", data({ a: "1" }))),
  maps("all keys are dropped", apply("m1", data({ a: "1" })), apply("m1", {})),
  maps(
    "a key of two owners stays until both drop it",
    apply("m1", data({ a: "1", b: "1" })),
    apply("m2", data({ a: "1" })),
    apply("m1", data({ b: "1" })),
    apply("m2", {}),
  ),
  maps("an owner of what is there has no time", apply("m1", data({ a: "1" })), apply("m2", data({ a: "1" }))),
  maps("a conflict with an applier", apply("m1", data({ a: "1" })), apply("m2", data({ a: "2" }))),
  maps("a conflict with an updater", create("u1", data({ a: "1" })), apply("m1", data({ a: "2" }))),
  maps(
    "conflicts with several",
    apply("m1", data({ a: "1", b: "1" })),
    apply("m2", data({ a: "1" })),
    update("u1", { ...data({ c: "1" }), metadata: { labels: { "example.com/x": "1" } } }),
    apply("m3", { ...data({ a: "2", b: "2", c: "2" }), metadata: { labels: { "example.com/x": "2" } } }),
  ),
  maps("force takes over", apply("m1", data({ a: "1", b: "1" })), apply("m2", data({ a: "2" }), { force: true })),
  maps(
    "a forced apply after which the other drops the key",
    apply("m1", data({ a: "1" })),
    apply("m2", data({ a: "2" }), { force: true }),
    apply("m1", {}),
  ),
  maps("an update takes a key over", apply("m1", data({ a: "1", b: "1" })), update("u1", data({ a: "2" }))),
  maps("an update to the same value changes nothing", apply("m1", data({ a: "1" })), update("u1", data({ a: "1" }))),
  maps("an update removes a key", apply("m1", data({ a: "1", b: "1" })), update("u1", data({ a: null }))),
  maps("an update removes everything", apply("m1", data({ a: "1" })), update("u1", { data: null })),
  maps(
    "updates of one manager",
    create("u1", data({ a: "1" })),
    update("u1", data({ b: "1" })),
    update("u1", data({ a: null })),
  ),
  maps(
    "an apply after an update that removed the key",
    apply("m1", data({ a: "1" })),
    update("u1", data({ a: null })),
    apply("m1", data({ a: "1" })),
  ),
  maps(
    "a key that an updater owns, too, is not removed",
    create("u1", data({ a: "1" })),
    apply("m1", data({ a: "1" })),
    apply("m1", {}),
  ),
  maps(
    "more updaters than are kept",
    ...Array.from({ length: 13 }, (_, index) =>
      (index === 0 ? create : update)(`u${index}`, data({ [`k${index}`]: "1" })),
    ),
  ),

  // Metadata.
  maps(
    "labels and annotations",
    apply("m1", metadata({ labels: { a: "1", b: "1" }, annotations: { c: "1" } })),
    apply("m1", metadata({ labels: { b: "2" } })),
  ),
  maps(
    "finalizers of two managers",
    apply("m1", metadata({ finalizers: ["example.com/a", "example.com/b"] })),
    apply("m2", metadata({ finalizers: ["example.com/c", "example.com/b"] })),
    apply("m1", {}),
  ),
  maps(
    "owner references",
    apply("m1", metadata({ ownerReferences: [owner("1", "n"), owner("2", "n")] })),
    apply("m1", metadata({ ownerReferences: [owner("2", "m")] })),
  ),
  maps("empty maps and nulls", apply("m1", { ...metadata({ labels: {}, annotations: null }), data: { a: null } })),
  maps("an empty map says nothing about its members", create("u1", data({ a: "1" })), apply("m1", { data: {} })),
  maps(
    "what only the server sets is nobody's",
    apply("m1", { ...metadata({ creationTimestamp: null, generation: 7, selfLink: "x" }), ...data({ a: "1" }) }),
  ),

  // The bookkeeping in the body.
  maps("a configuration with owners", apply("m1", metadata({ managedFields: [] }))),
  maps(
    "a configuration whose owners are null",
    apply("m1", { ...metadata({ managedFields: null }), ...data({ a: "1" }) }),
  ),
  maps(
    "an empty list ends the bookkeeping",
    create("u1", data({ a: "1" })),
    update("u1", metadata({ managedFields: [] })),
    update("u1", data({ b: "1" })),
  ),
  maps(
    "a list of nothing ends the bookkeeping",
    create("u1", data({ a: "1" })),
    update("u1", { ...metadata({ managedFields: [{}] }), ...data({ a: "2" }) }),
  ),
  maps(
    "the first apply of what has no owners",
    create("u1", data({ a: "1" })),
    update("u1", metadata({ managedFields: [] })),
    apply("m1", data({ b: "1" })),
  ),
  maps(
    "a conflict with whoever was there before",
    create("u1", data({ a: "1" })),
    update("u1", metadata({ managedFields: [] })),
    apply("m1", data({ a: "2" })),
  ),
  maps(
    "owners are null in an update",
    create("u1", data({ a: "1" })),
    update("u1", { ...metadata({ managedFields: null }), ...data({ b: "1" }) }),
  ),
  maps(
    "a created object brings owners along",
    create("u1", {
      ...metadata({ managedFields: [entry("m9", { "f:data": { "f:a": {} } })] }),
      ...data({ a: "1", b: "1" }),
    }),
  ),
  maps(
    "owners are replaced",
    apply("m1", data({ a: "1" })),
    jsonPatch("u1", {
      op: "replace",
      path: "/metadata/managedFields",
      value: [entry("m9", { "f:data": { "f:a": {} } })],
    }),
    apply("m9", {}),
  ),
  maps(
    "owners are replaced by what makes no sense",
    apply("m1", data({ a: "1" })),
    jsonPatch("u1", {
      op: "replace",
      path: "/metadata/managedFields",
      value: [{ manager: "m9", operation: "Bogus", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1: {} }],
    }),
  ),

  // What kubectl applied from the client.
  maps("kubectl goes over to the server", clientSide({ a: "1", b: "1" }), apply("kubectl", data({ a: "2", b: "1" }))),
  maps("another manager has no such right", clientSide({ a: "1" }), apply("m1", data({ a: "2" }))),
  maps(
    "kubectl finds what somebody changed since",
    clientSide({ a: "1", b: "1" }),
    update("u1", data({ a: "3" })),
    apply("kubectl", data({ a: "2", b: "2" })),
  ),

  // Configurations that cannot be.
  maps("another kind", apply("m1", { kind: "Secret" })),
  maps("another version", apply("m1", { apiVersion: "v2" })),
  maps("an unknown field", apply("m1", { bogus: 1 })),
  maps("an unknown field of the metadata", apply("m1", metadata({ bogus: 1 }))),
  maps("a number for a text", apply("m1", { data: { a: 5 } })),
  maps("a list for a map", apply("m1", { data: ["x"] })),
  maps("a text for a map", apply("m1", { data: "x" })),
  maps("a map for a text", apply("m1", { data: { a: { b: [1, "x", 1.5, null] } } })),
  maps("a text for a boolean", apply("m1", { immutable: "x" })),
  maps("an element twice", apply("m1", metadata({ finalizers: ["example.com/a", "example.com/a"] }))),
  maps("a key twice", apply("m1", metadata({ ownerReferences: [owner("1", "n"), owner("1", "m")] }))),
];

function maps(title: string, ...steps: readonly WriteStep[]): WriteCase {
  return { title, resource: "configmaps", steps };
}

function data(members: JsonRecord): JsonRecord {
  return { data: members };
}

function metadata(members: JsonRecord): JsonRecord {
  return { metadata: members };
}

function owner(uid: string, name: string): JsonRecord {
  return { apiVersion: "v1", kind: "Node", name, uid };
}

function entry(manager: string, fieldsV1: JsonRecord): JsonRecord {
  return { manager, operation: "Apply", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1 };
}

function clientSide(members: JsonRecord): WriteStep {
  const applied = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it" }, data: members };
  const annotations = { [LAST_APPLIED]: `${JSON.stringify(applied)}\n` };
  return create("kubectl-client-side-apply", { metadata: { annotations }, data: members });
}
