import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

function handler(fieldSelector: string): string {
  return `
import { on } from "informd";
export default on("configmaps", {
  namespaces: ["default"], fieldSelector: "${fieldSelector}", events: ["added", "updated", "deleted", "unselected"],
}, (event, { log }) => log.info(event.type, { name: event.key.name, cause: event.cause }));`;
}

onEachServer("a handler whose field selector is edited", ({ open }) => {
  let cluster: TestCluster;
  let handlers: TemporaryDirectory;
  let informd: InformdProcess;

  before(async () => {
    cluster = await open();
    await cluster.apply(configMap("one"), configMap("two"));
    handlers = new TemporaryDirectory({ "maps.ts": handler("metadata.name=one") });
    const args = ["start", "--watch", "--kubeconfig", cluster.kubeconfigPath, "--handlers", handlers.path];
    informd = new InformdProcess(args, { cwd: handlers.path });
    await informd.log({ msg: "ready" });
  });

  after(async () => {
    await informd?.stop();
    handlers?.[Symbol.dispose]();
  });

  test("is told what is new to its scope, and no delete of what still exists", async () => {
    await informd.until("the first map", () => informd.told("maps").length === 1);
    handlers.write("maps.ts", handler("metadata.name=two"));
    await informd.until("the second map", () => informd.told("maps").some(({ data }) => data?.["name"] === "two"));
    await cluster.delete(configMap("one"), configMap("two"));
    await informd.until("the delete", () => informd.where({ handler: "maps", msg: "deleted" }).length > 0);
    assert.deepEqual(
      informd.told("maps").map(({ msg, data }) => `${msg} ${String(data?.["name"])} ${String(data?.["cause"])}`),
      ["added one initial", "added two reload", "deleted two live"],
    );
  });
});
