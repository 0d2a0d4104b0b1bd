import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { DevProcess } from "../support/dev-process.ts";
import { run } from "../support/run-informd.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));

const GREETS = `
import type { ConfigMapAdded, HandlerContext } from "informd";
export const config = { namespaces: ["default"], allow: { kube: ["patch configmaps", "create events"] } };
export default async function greets(event: ConfigMapAdded, { kube, lister, log }: HandlerContext<"configmaps">) {
  const { name, namespace } = event.object.metadata;
  log.info("hello", { name, cached: lister.get(name) !== undefined });
  await kube.patch("configmaps", { name, namespace }, { metadata: { labels: { seen: "yes" } } });
}
`;

onEachServer("dev with a kubeconfig", ({ open, onlyReal }) => {
  let cluster: TestCluster;

  before(async () => {
    cluster = await open();
    await cluster.apply(configMap("before"));
  });

  /** A project with a compiler. */
  function project(): TemporaryDirectory {
    const folder = new TemporaryDirectory({
      "handlers/configmap-added.ts": GREETS,
      "node_modules/.bin/keep": "",
    });
    symlinkSync(join(TYPESCRIPT, "bin", "tsc"), join(folder.path, "node_modules", ".bin", "tsc"));
    return folder;
  }

  async function labelsOf(name: string): Promise<object | undefined> {
    return (await cluster.get(configMap(name)))?.metadata.labels;
  }

  test("tells nothing of what is there already, and keeps nothing of what handlers write", async () => {
    using folder = project();
    await using dev = new DevProcess(["--kubeconfig", cluster.kubeconfigPath], folder.path);
    await dev.until(/ready: 1 live\n/);
    await cluster.apply(configMap("dry"));
    const lines = [
      String.raw`^\d\d:\d\d:\d\d\.\d{3} configmap-added live default/dry done \d+ ms$`,
      "^    hello name=dry cached=true$",
      '^    dry run, not kept: patch configmaps "dry" in namespace "default"$',
    ];
    await dev.until(new RegExp(lines.join("\n"), "m"));
    assert.equal(await labelsOf("dry"), undefined);
    assert.doesNotMatch(dev.text, /default\/before/);
  });

  test("with --live what handlers write is kept", async () => {
    using folder = project();
    await using dev = new DevProcess(["--kubeconfig", cluster.kubeconfigPath, "--live"], folder.path);
    await dev.until(/ready: 1 live\n/);
    await cluster.apply(configMap("live"));
    await dev.until(/^ {4}wrote: patch configmaps "live"/m);
    assert.deepEqual(await labelsOf("live"), { seen: "yes" });
  });

  test("shows broken saves, good ones and type errors, each once", async () => {
    using folder = project();
    await using dev = new DevProcess(["--kubeconfig", cluster.kubeconfigPath], folder.path);
    await dev.until(/ready: 1 live\n/);
    folder.write("handlers/configmap-added.ts", `${GREETS}const = 1;\n`);
    await dev.until(/configmap-added does not load\n {4}handlers\/configmap-added\.ts:9:7 Expected identifier/);
    await dev.until(/^ {6}> 9 │ const = 1;\n {10}│ {7}\^\n {4}still running the revision of \d\d:\d\d:\d\d$/m);
    folder.write("handlers/configmap-added.ts", GREETS.replace("metadata;", "metadat;"));
    await dev.until(/configmap-added\.ts {2}built [\d.]+ m?s · live [\d.]+ m?s\n/);
    await dev.until(
      /type error\n {4}handlers\/configmap-added\.ts:5:44 Property 'metadat' does not exist .* \(TS2551\)\n/,
    );
    folder.write("handlers/configmap-added.ts", GREETS.replace("hello", "hello again"));
    await dev.until(/no type errors any more\n/);
    await cluster.apply(configMap("saved"));
    await dev.until(/^ {4}hello again name=saved/m);
    assert.equal(dev.text.split("does not load").length - 1, 1);
  });

  test("a handler that throws shows the place in its source, and the same failure is not shown twice", async () => {
    using folder = project();
    folder.write("handlers/configmap-added.ts", GREETS.replace('"hello"', "name.nothing.here"));
    await using dev = new DevProcess(["--kubeconfig", cluster.kubeconfigPath], folder.path);
    await dev.until(/ready: 1 live\n/);
    await cluster.apply(configMap("throws"));
    await dev.until(
      /failed \d+ ms\n {4}handlers\/configmap-added\.ts:6:25 TypeError: .*\n(.*\n)* {6}> 6 │ {3}log\.info\(name/,
    );
    await dev.until(
      /failed \d+ ms attempt=2\n {4}handlers\/configmap-added\.ts:6:25 TypeError: .*\n {4}tried again in/,
    );
  });

  test("an API server that is gone and comes back is told, and events go on", async () => {
    using folder = project();
    await using dev = new DevProcess(["--kubeconfig", cluster.kubeconfigPath], folder.path);
    await dev.until(/ready: 1 live\n/);
    cluster.cut();
    await dev.until(/API server unreachable/);
    cluster.mend();
    await dev.until(/API server reachable\n/);
    await cluster.apply(configMap("afterwards"));
    await dev.until(/configmap-added (live|relist) default\/afterwards done/);
  });

  test("invoke takes the newest object that the handler matches, and keeps nothing without --live", async () => {
    using folder = project();
    await cluster.createNamespace("other");
    await cluster.apply(configMap("newest"));
    await cluster.apply(configMap("elsewhere", { namespace: "other" }));
    const args = ["invoke", "configmap-added", "--kubeconfig", cluster.kubeconfigPath];
    const dry = await run(args, folder.path);
    assert.equal(dry.code, 0, dry.stderr);
    assert.match(dry.stdout, /configmap-added live default\/newest done \d+ ms\n {4}hello name=newest cached=true\n/);
    assert.match(
      dry.stdout,
      /would write \(the API server accepts it, and keeps nothing of it without --live\):\n {4}patch configmaps "newest"/,
    );
    assert.equal(await labelsOf("newest"), undefined);
    const live = await run([...args, "--live"], folder.path);
    assert.match(live.stdout, /^ {4}wrote:\n {4}patch configmaps "newest"/m);
    assert.deepEqual(await labelsOf("newest"), { seen: "yes" });
  });

  test("invoke on an object from a file reads and writes the cluster that is named", async () => {
    using folder = project();
    folder.write("object.json", JSON.stringify(configMap("only-in-a-file")));
    const args = ["invoke", "configmap-added", "--object", "object.json", "--kubeconfig", cluster.kubeconfigPath];
    const { code, stdout } = await run(args, folder.path);
    assert.equal(code, 1);
    assert.match(stdout, /hello name=only-in-a-file cached=false/);
    assert.match(stdout, /ApiError: Cannot patch configmaps "only-in-a-file" in namespace "default": .* not found/);
  });

  const needsRoles = onlyReal("the embedded server has no roles");
  test("invoke says at once what it may not do in a cluster", { skip: needsRoles }, async () => {
    using folder = project();
    const args = ["invoke", "configmap-added", "--kubeconfig", cluster.addUser().kubeconfigPath];
    const { code, stdout, stderr } = await run(args, folder.path);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    assert.match(stderr, /^Cannot list configmaps in default: .*forbidden.*\.\n$/);
  });

  test("invoke without an object that the handler matches says so", async () => {
    using folder = project();
    folder.write(
      "handlers/configmap-added.ts",
      GREETS.replace('["default"]', '["default"], labelSelector: "of=nobody"'),
    );
    const { code, stderr } = await run(
      ["invoke", "configmap-added", "--kubeconfig", cluster.kubeconfigPath],
      folder.path,
    );
    assert.equal(code, 1);
    assert.equal(
      stderr,
      'Cannot invoke "configmap-added": the cluster has no configmaps that it matches. Give one with --object FILE.\n',
    );
  });
});
