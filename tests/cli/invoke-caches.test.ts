import assert from "node:assert/strict";
import { test } from "node:test";
import { folderWith, invoke } from "../support/invocations.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

test("with --cache the handler's caches hold what files say, each by its options", async () => {
  using folder = shop();
  const { code, stdout, stderr } = await invoke(folder, ["shop", "--object", "shop.yaml", "--cache", "fixtures"]);
  assert.deepEqual([code, stderr], [0, ""], stdout);
  assert.deepEqual(stdout.split("\n").slice(1), [
    '    lister names=["one","new"] count=2 itself=new elsewhere=false',
    '    byOwner names=["one","new"]',
    '    web names=["web-1"]',
    '    nodes names=["node-1"]',
    '    widgets names=["w"]',
    "",
  ]);
});

test("an object that is deleted is in no cache any more, and one that is not given is the newest in the caches", async () => {
  using folder = shop();
  const { stdout } = await invoke(folder, ["shop", "--cache", "fixtures", "--event", "deleted"]);
  assert.match(
    stdout,
    / shop live prod\/one done \d+ ms type=deleted\n {4}lister count=0 itself=undefined elsewhere=false\n/,
  );
});

test("with -n the caches of a handler that names no namespaces hold those of one, and objects without a namespace are there", async () => {
  using folder = folderWith(
    'export default (_event, { lister, log }) => log.info("all", { keys: lister.list().map(({ metadata }) => `${metadata.namespace}/${metadata.name}`) });',
    { "more.yaml": podIn("a", "web"), "fixtures/b.yaml": podIn("b", "prod") },
  );
  const args = ["pod-added", "--object", "pod.yaml", "--cache", "more.yaml", "fixtures"];
  assert.match((await invoke(folder, args)).stdout, /keys=\["web\/a","prod\/b","default\/web-1"\]$/m);
  assert.match((await invoke(folder, [...args, "-n", "web"])).stdout, /keys=\["web\/a","web\/web-1"\]$/m);
});

function podIn(name: string, namespace: string): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${namespace} } }`;
}

/** A handler with all kinds of caches, an object for it, and a folder for the caches. */
function shop(): TemporaryDirectory {
  return new TemporaryDirectory({
    "handlers/shop.ts": `
      import { on } from "informd";
      const names = (objects) => objects.length === 0 ? undefined : objects.map(({ metadata }) => metadata.name);
      export default on("shops.example.com", {
        namespaces: ["prod"],
        indexes: { byOwner: "spec.owner" },
        listers: { web: { resource: "pods", labelSelector: "tier=web" }, nodes: { resource: "no" }, widgets: { resource: "widgets.example.com" } },
      }, ({ object }, { lister, listers, log }) => {
        const { name } = object.metadata;
        const elsewhere = lister.get("two", "dev") !== undefined;
        log.info("lister", { names: names(lister.list()), count: lister.count(), itself: String(lister.get(name)?.metadata.name), elsewhere });
        for (const [cache, objects] of Object.entries({
          byOwner: lister.byIndex("byOwner", "ann"), web: listers.web.list(), nodes: listers.nodes.list(), widgets: listers.widgets.list(),
        })) if (objects.length > 0) log.info(cache, { names: names(objects) });
      });`,
    "shop.yaml":
      "{ apiVersion: example.com/v1, kind: Shop, metadata: { name: new, namespace: prod }, spec: { owner: ann } }",
    "fixtures/shops.yaml": `
apiVersion: v1
kind: List
items:
  - { apiVersion: example.com/v1, kind: Shop, metadata: { name: one, namespace: prod }, spec: { owner: ann } }
  - { apiVersion: example.com/v1, kind: Shop, metadata: { name: two, namespace: dev }, spec: { owner: ann } }
  - { apiVersion: example.com/v1, kind: Widget, metadata: { name: w } }
`,
    "fixtures/more/pods.json": JSON.stringify({
      apiVersion: "v1",
      kind: "PodList",
      items: [
        { metadata: { name: "web-1", namespace: "prod", labels: { tier: "web" } } },
        { metadata: { name: "db-1", namespace: "prod", labels: { tier: "db" } } },
        { metadata: { name: "web-2", namespace: "dev", labels: { tier: "web" } } },
      ],
    }),
    "fixtures/nodes.yaml": "{ apiVersion: v1, kind: Node, metadata: { name: node-1 } }\n---\n",
  });
}

test("objects for caches that no lister is of are warned of, for machines too", async () => {
  using folder = folderWith("export default () => {};", {
    "nodes.yaml": "{ apiVersion: v1, kind: Node, metadata: { name: a } }",
  });
  const args = ["pod-added", "--object", "pod.yaml", "--cache", "nodes.yaml"];
  const warning =
    'Handler "pod-added" has no lister of Node of v1 (1 in "nodes.yaml"): it reads pods (lister). Name a kind in its option "listers", or leave it out of --cache.';
  const { code, stderr } = await invoke(folder, args);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: `warning: ${warning}\n` });
  const { warnings }: { warnings: unknown } = JSON.parse((await invoke(folder, [...args, "-o", "json"])).stdout);
  assert.deepEqual(warnings, [warning]);
});
