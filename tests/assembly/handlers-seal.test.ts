import assert from "node:assert/strict";
import { test } from "node:test";
import { type HandlersSeal, handlersSealed, mountSeal } from "#assembly/handlers/handlers-seal.ts";

const CONFIG_MAPS = { group: "", plural: "configmaps" };

function reason(
  seal: HandlersSeal,
  name: string | undefined,
  { namespace = "own", resource = CONFIG_MAPS } = {},
): string | undefined {
  return handlersSealed(seal, "own")({ resource, namespace, name });
}

const NAMED: HandlersSeal = { type: "named", maps: ["handlers", "more"] };

test("the seal is on the ConfigMaps that hold the handlers, and on no other", () => {
  for (const name of ["handlers", "more"]) assert.match(reason(NAMED, name) ?? "", /^it holds the handlers of this/);
  assert.equal(reason(NAMED, "notes"), undefined);
});

test("the seal is on a ConfigMap that gets its name from the API server, since the name could be that one", () => {
  assert.match(reason(NAMED, undefined) ?? "", /Give it a name$/);
});

test("the seal is on every ConfigMap of the namespace where a label makes each hold handlers", () => {
  for (const name of ["handlers", undefined]) {
    assert.match(reason({ type: "labelled" }, name) ?? "", /^any ConfigMap of this namespace/);
  }
});

test("the seal is on every ConfigMap of the namespace where it is not known which one is mounted", () => {
  for (const name of ["handlers", undefined]) {
    assert.match(reason({ type: "mounted" }, name) ?? "", /Start the runtime with --mounted-map NAME$/);
  }
});

test("the seal is on nothing in another namespace, nor on anything but ConfigMaps", () => {
  for (const seal of [NAMED, { type: "labelled" }, { type: "mounted" }] as const) {
    assert.equal(reason(seal, "handlers", { namespace: "other" }), undefined);
    assert.equal(reason(seal, "handlers", { resource: { group: "", plural: "secrets" } }), undefined);
    assert.equal(reason(seal, "handlers", { resource: { group: "example.com", plural: "configmaps" } }), undefined);
  }
});

test("a directory is sealed by the maps that are named for it, wholly if it is mounted from an unnamed one, else not", () => {
  assert.deepEqual(mountSeal(["handlers"], true), { type: "named", maps: ["handlers"] });
  assert.deepEqual(mountSeal([], true), { type: "mounted" });
  assert.deepEqual(mountSeal([], false), { type: "none" });
  assert.equal(reason({ type: "none" }, "handlers"), undefined);
});
