import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import { KubeletVolume } from "../support/kubelet-volume.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

function handlerOf(prefix: string, text: string): string {
  return `import { on } from "informd";
export default on("configmaps", { names: ["${prefix}*"] }, ({ object }, { log }) => log.info("${text}", { name: object.metadata.name }));\n`;
}

const BROKEN = "export default {\n";

onEachServer("handlers of a mounted ConfigMap", (server) => {
  let cluster: TestCluster;
  before(async () => void (cluster = await server.open()));

  function start(
    volume: KubeletVolume,
    state = join(temporaryFolder(), "state"),
    flags: readonly string[] = [],
  ): InformdProcess {
    const places = ["--handlers", volume.path, "--state", state, "--listen", "none", ...flags];
    return new InformdProcess(["start", "--kubeconfig", cluster.kubeconfigPath, ...places]);
  }

  test("are swapped without --watch: those that changed, once each, and nobody else", async () => {
    const first = { "one.ts": handlerOf("swap-", "one of one"), "two.ts": handlerOf("swap-", "two of one") };
    const volume = new KubeletVolume(join(temporaryFolder(), "mount"), first);
    await using informd = start(volume);
    await informd.log({ msg: "ready", live: 2 });
    await cluster.create(configMap("swap-a"));
    await informd.log({ msg: "one of one" });
    await informd.log({ msg: "two of one" });
    volume.write({ ...first, "one.ts": handlerOf("swap-", "one of two") });
    await informd.until("the swap", () => informd.where({ msg: "handler live", handler: "one" }).length === 2);
    await cluster.create(configMap("swap-b"));
    await informd.log({ msg: "one of two" });
    await informd.until("the other", () => informd.where({ msg: "two of one" }).length === 2);
    assert.equal(informd.where({ msg: "handler live" }).length, 3);
    assert.equal(informd.where({ msg: "one of two" }).length, 1);
    assert.equal(await informd.stop(), 0);
  });

  for (const [title, own, flags, results] of [
    [
      "write no ConfigMap of their namespace, since each could be theirs",
      "sealed",
      [],
      { mounted: "NOT_ALLOWED", note: "NOT_ALLOWED", elsewhere: "written" },
    ],
    [
      "write every ConfigMap but their own if it is named",
      "named",
      ["--mounted-map", "mounted"],
      { mounted: "NOT_ALLOWED", note: "written", elsewhere: "written" },
    ],
  ] as const) {
    test(title, async () => {
      const namespace = await cluster.createNamespace(own);
      const other = await cluster.createNamespace(`beside-${own}`);
      const volume = new KubeletVolume(join(temporaryFolder(), "mount"), {
        "one.ts": `import { on } from "informd";
export default on("configmaps", { names: ["go"], allow: { kube: ["create,patch configmaps in ${namespace}", "create,patch configmaps in ${other}"] } }, async (_event, { kube, log }) => {
  const apply = (metadata) =>
    kube.apply({ apiVersion: "v1", kind: "ConfigMap", metadata }).then(() => "written", (error) => error.code);
  const mounted = await apply({ name: "mounted" });
  log.info("applied", { mounted, note: await apply({ name: "note" }), elsewhere: await apply({ name: "mounted", namespace: "${other}" }) });
});\n`,
      });
      await using informd = start(volume, undefined, ["-n", namespace, ...flags]);
      await informd.log({ msg: "ready", live: 1 });
      await cluster.create(configMap("go", { namespace }));
      assert.deepEqual((await informd.log({ msg: "applied" })).data, results);
      assert.equal(await cluster.get(configMap("mounted", { namespace })), undefined);
    });
  }

  test("wait for their first key, and are gone when the map is emptied", async () => {
    const volume = new KubeletVolume(join(temporaryFolder(), "mount"), {});
    await using informd = start(volume);
    await informd.log({ msg: "handlers awaited", handlers: volume.path });
    await informd.log({ msg: "ready", live: 0 });
    volume.write({ "one.ts": handlerOf("wait-", "here") });
    await informd.log({ msg: "handler live", handler: "one" });
    volume.write({});
    await informd.log({ msg: "handler removed", handler: "one" });
  });

  test("that are broken at a restart run as they last did, until they are mended", async () => {
    const state = join(temporaryFolder(), "state");
    const volume = new KubeletVolume(join(temporaryFolder(), "mount"), { "one.ts": handlerOf("again-", "good") });
    await using before = start(volume, state);
    await before.log({ msg: "ready", live: 1 });
    assert.equal(await before.stop(), 0);
    volume.write({ "one.ts": BROKEN });
    await using informd = start(volume, state);
    await informd.log({ msg: "build failed", handler: "one", file: "one.ts", serving: true });
    await informd.log({ msg: "last good bundle serves", handler: "one" });
    await informd.log({ msg: "handler live", handler: "one" });
    await cluster.create(configMap("again-a"));
    await informd.log({ msg: "good" });
    volume.write({ "one.ts": handlerOf("again-", "better") });
    await informd.until("the swap", () => informd.where({ msg: "handler live", handler: "one" }).length === 2);
    await cluster.create(configMap("again-b"));
    await informd.log({ msg: "better" });
    assert.equal(await informd.stop(), 0);
    assert.equal(existsSync(join(state, "handlers", "snapshot")), false);
  });
});
