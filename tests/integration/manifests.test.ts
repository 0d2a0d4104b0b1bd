import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { GeneratedManifests, LOGS, NO_ROLES, one, ROOT, withoutKubectl } from "../support/generated-manifests.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { customResource, pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

onEachServer("generated manifests", ({ open, onlyReal }) => {
  let cluster: TestCluster;
  let manifests: GeneratedManifests;

  before(async () => {
    cluster = await open();
    manifests = new GeneratedManifests(cluster);
  });

  test("are applied as they are, and a second time", { skip: withoutKubectl }, async () => {
    const objects = await manifests.apply(undefined);
    for (const object of objects) assert.ok(await cluster.get(object), `${object.kind} ${object.metadata.name}`);
    assert.match(
      await manifests.kubectl("apply --server-side -f manifests.yaml"),
      /deployment\.apps\/informd serverside-applied/,
    );
  });

  test("are a base for kustomize", { skip: withoutKubectl }, async () => {
    assert.match(
      await manifests.kubectl(`apply --server-side --dry-run=server -k ${join(ROOT, "manifests")}`),
      /deployment\.apps\/informd/,
    );
  });

  test("ask a cluster that is named for kinds that are none of Kubernetes' own", async () => {
    await cluster.apply(customResource("Gadget"));
    await cluster.untilServed("example.com/v1", "Gadget");
    const files = { "gadget.example.com-added.ts": LOGS };
    const { stdout, stderr } = await manifests.print(files, "--kubeconfig", cluster.kubeconfigPath);
    assert.equal(stderr, "");
    assert.match(stdout, /- example\.com\n {4}resources:\n {6}- gadgets\n/);
  });

  test(
    "with --existing-namespace leave the namespace, its labels and its pods to others",
    { skip: withoutKubectl },
    async () => {
      const shared: Named = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shared" } };
      await cluster.createNamespace("shared");
      await cluster.patch(shared, { metadata: { labels: { team: "web" } } });
      const objects = await manifests.apply(undefined, "-n", "shared", "--existing-namespace");
      assert.ok(!objects.some(({ kind }) => kind === "Namespace"));
      const { metadata } = (await cluster.get(shared)) ?? {};
      assert.equal(metadata?.labels?.["team"], "web");
      assert.equal(metadata?.labels?.["pod-security.kubernetes.io/enforce"], undefined);
    },
  );

  const needsAdmission = withoutKubectl || onlyReal(NO_ROLES);
  test(
    "the pod is admitted where Pod Security is restricted, and another one is not",
    { skip: needsAdmission },
    async () => {
      const { spec } = one(await manifests.apply(undefined), "Deployment");
      const made = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "made", namespace: "informd", ...spec.template.metadata },
      };
      manifests.write("pod.json", JSON.stringify({ ...made, spec: spec.template.spec }));
      assert.match(await manifests.kubectl("create --dry-run=server -f pod.json"), /pod\/made created/);
      await assert.rejects(
        cluster.create(pod("usual", { namespace: "informd" })),
        /violates PodSecurity \\+"restricted/,
      );
    },
  );
});
