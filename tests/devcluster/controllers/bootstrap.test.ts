import assert from "node:assert/strict";
import { test } from "node:test";
import { recordAt } from "#devcluster/record-at.ts";
import { clusterRig } from "../cluster-rig.ts";

test("a cluster has the namespaces, priority classes and the Service that every cluster has", (t) => {
  const rig = clusterRig(t);
  assert.deepEqual(rig.names("namespaces"), ["default", "kube-node-lease", "kube-public", "kube-system"]);
  assert.deepEqual(
    rig.user.list("priorityclasses.scheduling.k8s.io").map(({ metadata, value }) => [metadata.name, value]),
    [
      ["system-cluster-critical", 2_000_000_000],
      ["system-node-critical", 2_000_001_000],
    ],
  );
  assert.equal(recordAt(rig.read("services", "default/kubernetes"), "spec")["clusterIP"], "10.96.0.1");
  assert.deepEqual(rig.read("endpoints", "default/kubernetes")["subsets"], [
    { addresses: [{ ip: "127.0.0.1" }], ports: [{ name: "https", port: 6443, protocol: "TCP" }] },
  ]);
  assert.deepEqual(rig.names("endpointslices.discovery.k8s.io"), ["kubernetes"]);
});

test("every namespace has a ServiceAccount and the cluster's certificate, also after somebody has deleted them", async (t) => {
  const rig = clusterRig(t);
  rig.user.create("namespaces", { metadata: { name: "n" } });
  await rig.clock.advance(10);
  const all = ["default", "kube-node-lease", "kube-public", "kube-system", "n"];
  assert.deepEqual(
    rig.user.list("serviceaccounts").map(({ metadata }) => metadata.namespace),
    all,
  );
  assert.deepEqual(
    rig.user.list("configmaps").map(({ metadata }) => metadata.namespace),
    all,
  );

  rig.user.delete("serviceaccounts", rig.read("serviceaccounts", "n/default"));
  rig.user.delete("configmaps", rig.read("configmaps", "n/kube-root-ca.crt"));
  await rig.clock.advance(10);
  rig.read("serviceaccounts", "n/default");
  assert.deepEqual(rig.read("configmaps", "n/kube-root-ca.crt")["data"], { "ca.crt": "a certificate" });
});

test("a certificate that somebody has changed is put right", async (t) => {
  const rig = clusterRig(t);
  await rig.clock.advance(10);
  rig.user.update("configmaps", { ...rig.read("configmaps", "default/kube-root-ca.crt"), data: { "ca.crt": "mine" } });
  await rig.clock.advance(10);
  assert.deepEqual(rig.read("configmaps", "default/kube-root-ca.crt")["data"], { "ca.crt": "a certificate" });
});
