import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, before, test } from "node:test";
import { GeneratedManifests, LOGS, NO_ROLES, one, withoutKubectl } from "../support/generated-manifests.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const CAN_I = join(import.meta.dirname, "..", "fixtures", "manifests", "default-handlers.can-i.txt");

onEachServer("the rights of generated manifests", ({ open, onlyReal }) => {
  const skip = withoutKubectl || onlyReal(NO_ROLES);
  let cluster: TestCluster;
  let manifests: GeneratedManifests;

  before(async () => {
    cluster = await open();
    manifests = new GeneratedManifests(cluster);
  });

  afterEach(() => manifests.stop());

  /** Of a service account in `informd`: resources, object names and verbs. */
  const rightsOf = async (account: string): Promise<readonly string[]> => {
    const groups = "--as-group system:serviceaccounts --as-group system:authenticated";
    const as = `--as system:serviceaccount:informd:${account} ${groups}`;
    const table = await manifests.kubectl(`auth can-i --list --no-headers -n informd ${as}`);
    return table
      .split("\n")
      .map((line) => line.trimEnd().replaceAll(/ {2,}/g, "  "))
      .toSorted();
  };

  test("are what the default handlers need, and nothing else", { skip }, async () => {
    await manifests.apply(undefined);
    const [own, anybodys] = await Promise.all([rightsOf("informd"), rightsOf("anybody")]);
    assert.equal(own.filter((line) => !anybodys.includes(line)).join("\n"), readFileSync(CAN_I, "utf8").trimEnd());
  });

  test(
    "are not enough without one of their verbs: the handler is degraded, and told which verb of which resource is missing",
    { skip },
    async () => {
      const objects = await manifests.apply({ "job-added.ts": LOGS, "pod-added.ts": LOGS }, "-n", "less");
      await cluster.patch(one(objects, "ClusterRole"), { rules: [PODS, { ...JOBS, verbs: ["list"] }] });
      await manifests.untilAnswered("watch jobs.batch --as system:serviceaccount:less:informd", "no");
      const runtime = await manifests.start(objects);
      const { reason } = await runtime.log({ msg: "handler degraded", handler: "job-added" });
      assert.match(String(reason), /cannot watch resource "jobs" in API group "batch"/);
      const { live, degraded } = await runtime.log({ msg: "ready" });
      assert.deepEqual({ live, degraded }, { live: 1, degraded: 1 });
    },
  );

  test(
    "in the whole cluster stay when a handler is narrowed, until the command above the file takes them away",
    { skip },
    async () => {
      await cluster.createNamespace("kept");
      const everywhere = "watch pods -n default --as system:serviceaccount:narrowed:informd";
      await manifests.apply({ "pods.ts": podsIn("undefined") }, "-n", "narrowed");
      await manifests.untilAnswered(everywhere, "yes");
      await manifests.apply({ "pods.ts": podsIn("['kept']") }, "-n", "narrowed");
      await manifests.untilAnswered("watch pods -n kept --as system:serviceaccount:narrowed:informd", "yes");
      assert.equal((await manifests.kubectl(`auth can-i ${everywhere}`)).trim(), "yes");
      const { stdout } = await manifests.print({ "pods.ts": podsIn("['kept']") }, "-n", "narrowed");
      const [, command] = /^# +kubectl (delete clusterrole.*)$/m.exec(stdout) ?? [];
      await manifests.kubectl(command ?? "");
      await manifests.untilAnswered(everywhere, "no");
      await manifests.untilAnswered("watch pods -n kept --as system:serviceaccount:narrowed:informd", "yes");
      assert.match(await manifests.kubectl(command ?? ""), /^$/, "a second time it finds nothing, and does not fail");
    },
  );
});

const WATCHING = ["list", "watch"];
const PODS = { apiGroups: [""], resources: ["pods"], verbs: WATCHING };
const JOBS = { apiGroups: ["batch"], resources: ["jobs"], verbs: WATCHING };

function podsIn(namespaces: string): string {
  return `import { on } from "informd";\nexport default on("pods", { namespaces: ${namespaces} }, () => {});\n`;
}
