import assert from "node:assert/strict";
import { test } from "node:test";
import { folderWith, invoke } from "../support/invocations.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

/** Without what differs from run to run. */
function steady(text: string): string {
  return text.replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, "TIME").replaceAll(/\d+ ms/g, "N ms");
}

test("invoke runs a handler on an object from a file and prints its logs, exit code 0", async () => {
  using folder = folderWith(`
    export default ({ object, type, cause, attempt }, { log }) =>
      log.info("seen", { ...object.metadata, creationTimestamp: undefined, type, cause, attempt });`);
  const { code, stdout, stderr } = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.equal(
    steady(stdout),
    [
      "TIME pod-added live default/web-1 done N ms",
      `    seen name=web-1 labels={"app":"web"} namespace=default uid=00000000-0000-0000-0000-000000000000 resourceVersion=1 type=added cause=live attempt=1`,
      "",
    ].join("\n"),
  );
});

test("invoke takes the handler's file, and an object as JSON from standard input", async () => {
  using folder = folderWith("export default ({ object }, { log }) => log.info(object.metadata.name);");
  const pod = JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "from-stdin" } });
  const { code, stdout } = await invoke(folder, ["handlers/pod-added.ts", "--object", "-"], pod);
  assert.equal(code, 0);
  assert.match(stdout, /^ {4}from-stdin$/m);
});

test("invoke without a cluster prints writes and sends none", async () => {
  using folder = folderWith(`
    export const config = { allow: { kube: ["patch pods", "delete configmaps", "create widgets.example.com"] } };
    export default async ({ object }, { kube }) => {
      await kube.patch("pods", { name: object.metadata.name }, { metadata: { labels: { seen: "yes" } } });
      await kube.delete("configmaps", { name: "old", namespace: "prod" });
      const made = await kube.create({ apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } });
      if (made.metadata.namespace !== "default") throw new Error("no answer");
    };`);
  const { code, stdout } = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(code, 0, stdout);
  assert.equal(
    steady(stdout),
    [
      "TIME pod-added live default/web-1 done N ms",
      "    would write (nothing is sent without a cluster):",
      '    patch pods "web-1" in namespace "default"',
      "      {",
      '        "metadata": {',
      '          "labels": {',
      '            "seen": "yes"',
      "          }",
      "        }",
      "      }",
      '    delete configmaps "old" in namespace "prod"',
      '    create widgets.example.com "w" in namespace "default"',
      "      {",
      '        "apiVersion": "example.com/v1",',
      '        "kind": "Widget",',
      '        "metadata": {',
      '          "name": "w"',
      "        }",
      "      }",
      "",
    ].join("\n"),
  );
});

test("invoke prints what the handler measured", async () => {
  using folder = folderWith(`
    export default ({ object }, { metrics }) => {
      metrics.counter("pods_total", undefined, { app: object.metadata.labels.app, note: 'a "b"' });
      metrics.counter("pods_total");
      metrics.gauge("depth", -0.5);
      for (const seconds of [0.1, 0.2]) metrics.histogram("took_seconds", seconds, {}, { buckets: [0.1, 1] });
    };`);
  const { code, stdout } = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(code, 0, stdout);
  assert.deepEqual(stdout.split("\n").slice(1), [
    "    measured:",
    '    pods_total{app="web",note="a \\"b\\""} 1',
    "    pods_total 1",
    "    depth -0.5",
    "    took_seconds 2 observed, their sum 0.30000000000000004",
    "",
  ]);
  const json = await invoke(folder, ["pod-added", "--object", "pod.yaml", "-o", "json"]);
  const { metrics }: { metrics: unknown } = JSON.parse(json.stdout);
  assert.deepEqual(metrics, [
    { name: "pods_total", type: "counter", labels: { app: "web", note: 'a "b"' }, value: 1 },
    { name: "pods_total", type: "counter", labels: {}, value: 1 },
    { name: "depth", type: "gauge", labels: {}, value: -0.5 },
    {
      name: "took_seconds",
      type: "histogram",
      labels: {},
      sum: 0.30000000000000004,
      count: 2,
      buckets: [
        { upperBound: 0.1, count: 1 },
        { upperBound: 1, count: 2 },
      ],
    },
  ]);
});

test("a write that allow.kube does not name is refused without a cluster too", async () => {
  using folder = folderWith('export default (_event, { kube }) => kube.delete("pods", { name: "a" });');
  const { code, stdout } = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(code, 1);
  assert.match(stdout, /NotAllowedError: .*Add "delete pods" to allow\.kube/);
});

test("reads without a cluster fail and say how to get one", async () => {
  using folder = folderWith("export default (_event, { lister }) => void lister.list();");
  const cache = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(cache.code, 1);
  assert.match(
    cache.stdout,
    /NoClusterError: Cannot read the cache: there is no cluster\. Give what it holds with --cache FILE, or invoke .* --kubeconfig FILE; while informd dev runs, \.informd\/kubeconfig is one/,
  );
  folder.write(
    "handlers/pod-added.ts",
    'export const config = { allow: { kube: ["get pods"] } }; export default (_e, { kube }) => kube.get("pods", { name: "a" });',
  );
  const server = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(server.code, 1);
  assert.match(server.stdout, /NoClusterError: Cannot read from the API server: there is no cluster\./);
});

test("a handler that throws is shown with its place, its source and how it came there, exit code 1", async () => {
  using folder = folderWith(
    `import { shout } from "./_shout.ts";\nexport default ({ object }) => shout(object.metadata.annotations);\n`,
    { "handlers/_shout.ts": "export function shout(text) {\n  return text.toUpperCase();\n}\n" },
  );
  const { code, stdout } = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(code, 1);
  assert.equal(
    steady(stdout),
    [
      "TIME pod-added live default/web-1 failed N ms",
      "    handlers/_shout.ts:2:15 TypeError: Cannot read properties of undefined (reading 'toUpperCase')",
      "        1 │ export function shout(text) {",
      "      > 2 │   return text.toUpperCase();",
      "          │               ^",
      "        3 │ }",
      "      at shout (handlers/_shout.ts:2:15)",
      "      at pod_added_default (handlers/pod-added.ts:2:32)",
      "",
    ].join("\n"),
  );
});

test("a handler that does not load is shown like a build error, exit code 1", async () => {
  using folder = folderWith("export default () => {\n  const = 1;\n};\n");
  const { code, stdout, stderr } = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /^handlers\/pod-added\.ts:2:9 Expected identifier/);
  assert.match(stderr, /^ {2}> 2 │ {3}const = 1;$/m);
});

test("invoke tells updated with the old object, and what the runtime would not have told", async () => {
  using folder = new TemporaryDirectory({
    "handlers/scale.ts": `
      import { on } from "informd";
      export default on("deploy", { events: ["updated"], changed: ["spec.replicas"], namespaces: ["prod"] },
        ({ old, object }, { log }) => log.info("scaled", { from: old.spec.replicas, to: object.spec.replicas }));`,
    "new.json": deployment(3),
    "old.json": deployment(3),
    "older.json": deployment(1),
  });
  const told = await invoke(folder, ["scale", "--object", "new.json", "--old", "older.json", "-n", "prod"]);
  assert.match(told.stdout, /^ {4}scaled from=1 to=3$/m);
  assert.doesNotMatch(told.stdout, /would not/);
  const untold = await invoke(folder, ["scale", "--object", "new.json", "--old", "old.json"]);
  assert.equal(untold.code, 0);
  assert.match(untold.stdout, /informd would not tell it this event: its namespaces, names or labelSelector/);
  assert.match(untold.stdout, /informd would not tell it this event: nothing that it listens to differs/);
});

function deployment(replicas: number): string {
  return JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: { replicas } });
}

test("invoke says what a handler returned, and when it did not run at all", async () => {
  using folder = folderWith('export default () => ({ requeueAfter: "5m" });', {
    "handlers/choosy.ts": 'import { on } from "informd"; export default on("pods", { when: () => false }, () => {});',
  });
  const again = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(again.code, 0);
  assert.match(again.stdout, /^ {4}wants to run again in 5 min$/m);
  const skipped = await invoke(folder, ["choosy", "--object", "pod.yaml"]);
  assert.equal(skipped.code, 1);
  assert.match(skipped.stdout, / skipped \d+ ms type=added\n {4}its `when` was false: the handler did not run\n$/);
});

test("invoke ends a handler that does not end at its timeout, exit code 1", async () => {
  using folder = folderWith('export const config = { timeout: "200ms" };\nexport default () => new Promise(() => {});');
  const { code, stdout } = await invoke(folder, ["pod-added", "--object", "pod.yaml"]);
  assert.equal(code, 1);
  assert.match(stdout, / timed out \d+ ms/);
});

test("invoke works with custom kinds without a cluster", async () => {
  using folder = new TemporaryDirectory({
    "handlers/certificate.cert-manager.io-changed.ts":
      "export default ({ resource, object }, { log }) => log.info(object.metadata.name, resource);",
    "cert.yaml": "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: tls, namespace: prod }\n",
  });
  const args = ["certificate.cert-manager.io-changed", "--object", "cert.yaml", "--event", "deleted"];
  const { code, stdout } = await invoke(folder, args);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /live prod\/tls done \d+ ms type=deleted$/m);
  assert.match(stdout, /tls group=cert-manager\.io version=v1 plural=certificates kind=Certificate$/m);
});

test("invoke prints JSON for machines", async () => {
  using folder = folderWith(`
    export const config = { allow: { kube: ["patch pods"] } };
    export default async (_event, { kube, log }) => {
      log.warn("careful", { a: 1 });
      await kube.patch("pods", { name: "web-1" }, { a: 1 });
      throw new Error("no");
    };`);
  const { code, stdout } = await invoke(folder, ["pod-added", "--object", "pod.yaml", "-o", "json"]);
  assert.equal(code, 1);
  const { outcome, logs, writes, event, ...rest } = JSON.parse(stdout);
  assert.deepEqual(event, { id: "00000000-0000-0000-0000-000000000000/1/added", type: "added", key: "default/web-1" });
  assert.equal(outcome.type, "failed");
  assert.deepEqual(outcome.error.at, { file: "pod-added.ts", line: 6, column: 13 });
  assert.deepEqual([logs[0].level, logs[0].msg, logs[0].data], ["warn", "careful", { a: 1 }]);
  assert.deepEqual(writes, [{ verb: "patch", resource: "pods", namespace: "default", name: "web-1", body: { a: 1 } }]);
  assert.deepEqual([rest.handler, rest.writesAre, rest.doubts], ["pod-added", "notSent", []]);
});
