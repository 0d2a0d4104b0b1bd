import assert from "node:assert/strict";
import { test } from "node:test";
import { withMetadata } from "#devcluster/api-object.ts";
import { StatusError } from "#devcluster/api-status.ts";
import { clusterRig, configMap } from "../../cluster-rig.ts";

test("a deleted namespace is emptied, then goes", async (t) => {
  const rig = clusterRig(t);
  rig.user.create("namespaces", { metadata: { name: "n" } });
  rig.user.create("configmaps", configMap("n/a"));
  await rig.clock.advance(10);
  rig.user.delete("namespaces", rig.read("namespaces", "n"));
  assert.equal(
    rig.user.get("namespaces", { namespace: "", name: "n" })?.metadata.deletionTimestamp !== undefined,
    true,
  );
  await rig.clock.advance(10);

  assert.deepEqual(rig.names("configmaps", "n"), []);
  assert.deepEqual(rig.names("serviceaccounts", "n"), []);
  assert.equal(rig.user.get("namespaces", { namespace: "", name: "n" }), undefined);
  assert.deepEqual(rig.events("namespaces").slice(-1), ["DELETED namespaces n"]);
});

test("a namespace waits for content with finalizers, and says so", async (t) => {
  const rig = clusterRig(t);
  rig.user.create("namespaces", { metadata: { name: "n" } });
  rig.user.create("configmaps", configMap("n/a", { finalizers: ["example.com/f"] }));
  rig.user.delete("namespaces", rig.read("namespaces", "n"));
  await rig.clock.advance(10);

  const { status } = rig.read("namespaces", "n") as unknown as { status: { phase: string; conditions: object[] } };
  assert.equal(status.phase, "Terminating");
  assert.deepEqual(
    status.conditions.slice(-2).map((condition) => ({ ...condition, lastTransitionTime: "" })),
    [
      {
        type: "NamespaceContentRemaining",
        status: "True",
        reason: "SomeResourcesRemain",
        message: "Some resources are remaining: configmaps. has 1 resource instances",
        lastTransitionTime: "",
      },
      {
        type: "NamespaceFinalizersRemaining",
        status: "True",
        reason: "SomeFinalizersRemain",
        message: "Some content in the namespace has finalizers remaining: example.com/f in 1 resource instances",
        lastTransitionTime: "",
      },
    ],
  );

  rig.user.update("configmaps", withMetadata(rig.read("configmaps", "n/a"), { finalizers: undefined }));
  await rig.clock.advance(10);
  assert.deepEqual(rig.names("namespaces"), ["default", "kube-node-lease", "kube-public", "kube-system"]);
});

test("a pod on a node does not hold its namespace back", async (t) => {
  const rig = clusterRig(t);
  rig.user.create("namespaces", { metadata: { name: "n" } });
  rig.user.create("pods", {
    metadata: { namespace: "n", name: "p" },
    spec: { nodeName: "somewhere", containers: [{ name: "c", image: "i" }] },
  });
  rig.user.delete("pods", rig.read("pods", "n/p"));
  rig.user.delete("namespaces", rig.read("namespaces", "n"));
  await rig.clock.advance(10);
  assert.deepEqual(rig.names("pods"), []);
  assert.equal(rig.user.get("namespaces", { namespace: "", name: "n" }), undefined);
});

test("nothing new comes into a namespace that ends", async (t) => {
  const rig = clusterRig(t, { controllers: false });
  rig.user.create("namespaces", { metadata: { name: "n" } });
  rig.user.delete("namespaces", rig.read("namespaces", "n"));
  assert.throws(() => rig.user.create("configmaps", configMap("n/a")), {
    name: StatusError.name,
    message: 'configmaps "a" is forbidden: unable to create new content in namespace n because it is being terminated',
  });
});
