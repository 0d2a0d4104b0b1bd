import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { CheckResult } from "#authoring/check-handlers.ts";
import { shellWithKubectl } from "../support/kubectl.ts";
import { type Printed, run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import type { Named } from "../support/test-cluster/cluster-verbs.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const RBAC = "rbac.authorization.k8s.io/v1";
/** More than a page. */
const MANY = 520;

type Checked = Extract<CheckResult, { type: "checked" }>;

function configMap(name: string, namespace: string, labels: Readonly<Record<string, string>> = {}): Named {
  const metadata = { name, namespace, labels };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data: { text: "x".repeat(1000) } };
}

function on(resource: string, options: string): string {
  return `import { on } from "informd";\nexport default on("${resource}", ${options}, () => {});`;
}

onEachServer("check with a cluster", ({ open, onlyReal }) => {
  let cluster: TestCluster;

  before(async () => {
    cluster = await open();
    for (const namespace of ["web", "ops", "many"]) await cluster.createNamespace(namespace);
    await cluster.create(
      configMap("web-1", "web", { app: "web" }),
      configMap("web-2", "web", { app: "web" }),
      configMap("web-3", "ops", { app: "web" }),
      configMap("other", "web"),
    );
    const many = Array.from({ length: MANY }, (_, at) => configMap(`m-${at}`, "many", at < 7 ? { few: "yes" } : {}));
    await Promise.all([0, 1, 2, 3].map((lane) => cluster.create(...many.filter((_, at) => at % 4 === lane))));
  });

  const check = async (
    files: Readonly<Record<string, string>>,
    flags: readonly string[] = [],
    kubeconfig = cluster.kubeconfigPath,
  ): Promise<Printed> => {
    using folder = new TemporaryDirectory(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`handlers/${name}`, text])),
    );
    return await run(["check", "--kubeconfig", kubeconfig, ...flags], folder.path);
  };

  const checked = async (files: Readonly<Record<string, string>>, ...flags: readonly string[]): Promise<Checked> => {
    const { code, stdout, stderr } = await check(files, ["-o", "json", ...flags]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" }, stdout);
    return JSON.parse(stdout) as Checked;
  };

  const countAll = async (): Promise<number> =>
    (await cluster.read<{ readonly items: readonly unknown[] }>("/api/v1/configmaps")).items.length;

  test("counts the events that come first, whatever selects the objects", async () => {
    const files = {
      "all.ts": on("cm", "{}"),
      "few.ts": on("configmaps", "{ labelSelector: 'few=yes' }"),
      "prefix.ts": on("configmaps", "{ names: ['m-1*', 'other'] }"),
      "pushed.ts": on("configmaps", "{ labelSelector: 'few=yes', pushDown: true }"),
      "field.ts": on("configmaps", "{ fieldSelector: 'metadata.name=web-1' }"),
      "namespaces.ts": on("configmaps", "{ namespaces: ['web', 'ops'], labelSelector: 'app=web' }"),
      "updates.ts": on("configmaps", "{ events: ['updated'] }"),
      "skips.ts": on("configmaps", "{ initial: 'skip' }"),
      "when.ts": on("configmaps", "{ labelSelector: 'few', when: () => false }"),
    };
    const { handlers } = await checked(files);
    const all = await countAll();
    const named = Array.from({ length: MANY }, (_, at) => `m-${at}`).filter((name) => name.startsWith("m-1")).length;
    assert.deepEqual(Object.fromEntries(handlers.map(({ id, initialEvents }) => [id, initialEvents])), {
      all: { count: all, isAtMost: false },
      few: { count: 7, isAtMost: false },
      prefix: { count: named + 1, isAtMost: false },
      pushed: { count: 7, isAtMost: false },
      field: { count: 1, isAtMost: false },
      namespaces: { count: 3, isAtMost: false },
      updates: { count: 0, isAtMost: false },
      skips: { count: 0, isAtMost: false },
      when: { count: 7, isAtMost: true },
    });
    assert.ok(handlers.every(({ resource, known }) => resource === "configmaps" && known));
  });

  test("estimates what the caches take, and counts one that several handlers share once", async () => {
    const { handlers, cluster: found } = await checked({
      "a.ts": on("configmaps", "{ namespaces: ['many'] }"),
      "b.ts": on("configmaps", "{ namespaces: ['many'], labelSelector: 'few=yes' }"),
      "c.ts": on("namespaces", "{ namespaces: undefined, listers: ['configmaps'] }"),
    });
    const [a, b, c] = handlers.map(({ cached }) => cached);
    const inMany = (await cluster.read<{ readonly items: readonly unknown[] }>("/api/v1/namespaces/many/configmaps"))
      .items;
    assert.equal(a?.objects, inMany.length);
    assert.deepEqual(b, a);
    const each = (a?.bytes ?? 0) / (a?.objects ?? 1);
    assert.ok(each > 1400 && each < 2400, `${each} bytes for each`);
    const namespaces = (await cluster.read<{ readonly items: readonly unknown[] }>("/api/v1/namespaces")).items.length;
    assert.equal(c?.objects, (await countAll()) + namespaces);
    assert.equal(found?.cached.objects, (a?.objects ?? 0) + (c?.objects ?? 0));
    assert.equal(found?.server, cluster.url);
  });

  test("says in its lines how many events come first, and in the last one what all caches hold", async () => {
    const files = { "few.ts": on("configmaps", "{ namespaces: ['web'], labelSelector: 'app=web', when: () => true }") };
    const { code, stdout } = await check(files, ["-o", "wide"]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^few +configmaps +added,updated,deleted +web; labels app=web +nothing +30 s +64 MiB +8 at once +vm2 +at most 2 initial events +cache \S+ KiB of \d objects\n\nhttps:\S+: all caches together hold about \S+ KiB of \d objects\n$/,
    );
  });

  test("-n narrows handlers that name no namespaces", async () => {
    const { handlers } = await checked({ "a.ts": on("configmaps", "{ labelSelector: 'app=web' }") }, "-n", "ops");
    assert.deepEqual([handlers[0]?.initialEvents?.count, handlers[0]?.scope], [1, ["ops", "labels app=web"]]);
  });

  test("reports a kind that the cluster does not have, with the nearest, and names that allow nothing, exit code 1", async () => {
    const { code, stderr } = await check({
      "a.ts": on("configmapz", "{ allow: { kube: ['create certificates.cert-manager.io'] } }"),
      "b.ts": on("clusterroles", "{ namespaces: ['web'] }"),
      "c.ts": on("pods", "{ listers: ['bindings'] }"),
    });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^a\.ts:1:1 warning: "certificates\.cert-manager\.io" in allow\.kube allows nothing: the cluster has/m,
    );
    assert.match(stderr, /^a\.ts:1:1 Cannot watch "configmapz": the cluster has no such kind\. Nearest: "configmaps"/m);
    assert.match(stderr, /^b\.ts:1:1 Cannot watch "clusterroles" in namespaces: it is cluster-scoped/m);
    assert.match(stderr, /^c\.ts:1:1 Cannot watch "bindings": the API server offers no list and watch of it/m);
  });

  test("knows a custom kind as soon as the cluster has it", async () => {
    const crd = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "lamps.example.com" },
      spec: {
        group: "example.com",
        scope: "Namespaced",
        names: { plural: "lamps", singular: "lamp", kind: "Lamp" },
        versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
      },
    };
    await cluster.create(crd);
    await cluster.untilServed("example.com/v1", "Lamp");
    const { handlers } = await checked({ "lamp-added.ts": "export default () => {};" });
    assert.deepEqual(
      handlers.map(({ resource, known, initialEvents }) => [resource, known, initialEvents?.count]),
      [["lamps.example.com", true, 0]],
    );
  });

  test("a cluster that does not answer is said with its address, exit code 1", async () => {
    cluster.cut();
    try {
      const { code, stdout, stderr } = await check({ "pod-added.ts": "export default () => {};" });
      assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
      assert.match(stderr, /^Cannot look "pod" up: https:\S+ is unreachable/);
    } finally {
      cluster.mend();
    }
  });

  const needsRoles = onlyReal("the embedded server has no roles");
  test(
    "names each missing right of a ServiceAccount with the rule to add, exit code 1",
    { skip: needsRoles },
    async () => {
      const admin = `kubectl --kubeconfig '${cluster.kubeconfigPath}' -n ops`;
      await shellWithKubectl(`${admin} create serviceaccount runner`, cluster.folder);
      const token = (await shellWithKubectl(`${admin} create token runner`, cluster.folder)).trim();
      const subjects = [{ kind: "ServiceAccount", name: "runner", namespace: "ops" }];
      await cluster.create(
        {
          apiVersion: RBAC,
          kind: "ClusterRole",
          metadata: { name: "reads-config-maps" },
          rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["list", "watch"] }],
        },
        {
          apiVersion: RBAC,
          kind: "ClusterRoleBinding",
          metadata: { name: "reads-config-maps" },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reads-config-maps" },
          subjects,
        },
      );
      const kubeconfig = cluster.createKubeconfig("runner", { token });
      const good = { "good.ts": on("configmaps", "{ labelSelector: 'few=yes' }") };
      const allowed = await check(good, [], kubeconfig);
      assert.deepEqual([allowed.code, allowed.stderr], [0, ""]);
      assert.match(allowed.stdout, / 7 initial events /);

      const { code, stdout, stderr } = await check(
        {
          ...good,
          "bad.ts": on(
            "pods",
            "{ namespaces: ['web'], listers: ['nodes'], allow: { kube: ['patch deployments.apps/scale in ops', 'create configmaps'] } }",
          ),
        },
        [],
        kubeconfig,
      );
      assert.equal(code, 1);
      assert.match(stdout, /^bad .* not counted\n/);
      assert.match(
        stdout,
        /: all caches together hold about \S+ KiB of \d+ objects, without those of bad: not counted\n$/,
      );
      const pods = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}.ts`, on("pods", "{}")]));
      assert.match(
        (await check({ ...good, ...pods }, [], kubeconfig)).stdout,
        / objects, without those of 4 handlers: not counted\n$/,
      );
      assert.match(
        (await check(pods, [], kubeconfig)).stdout,
        /\n\nhttps:\S+: what the caches hold is not known: no handler could be counted\n$/,
      );
      assert.deepEqual(stderr.trimEnd().split("\n"), [
        'bad.ts:1:1 Cannot list, watch pods in namespace "web": no role of this user allows it. Add to a Role in "web": { apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"] }',
        'bad.ts:1:1 Cannot list, watch nodes: no role of this user allows it. Add to a ClusterRole: { apiGroups: [""], resources: ["nodes"], verbs: ["list", "watch"] }',
        'bad.ts:1:1 Cannot patch deployments.apps/scale in namespace "ops": no role of this user allows it. Add to a Role in "ops": { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["patch"] }',
        'bad.ts:1:1 Cannot create configmaps in namespace "web": no role of this user allows it. Add to a Role in "web": { apiGroups: [""], resources: ["configmaps"], verbs: ["create"] }',
      ]);
    },
  );
});
