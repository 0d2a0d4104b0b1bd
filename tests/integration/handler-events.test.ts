import assert from "node:assert/strict";
import { afterEach, before, beforeEach, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { InformdProcess } from "../support/informd-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";
import { configMap } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

interface ClusterEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: Readonly<Record<string, string>>;
  readonly reportingInstance: string;
}

const WAIT_MS = 20_000;
const ASK_AGAIN_MS = 50;
const OBJECTS = 12;

const CANARY = "what the handler throws";

function on(resource: string, body: string): string {
  return `import { on } from "informd";
export default on("${resource}", { namespaces: ["default"], retry: { backoff: "10ms" } }, () => { ${body} });`;
}

onEachServer("Events of handlers", ({ open }) => {
  let cluster: TestCluster;
  let handlers: TemporaryDirectory;
  let informd: InformdProcess;

  before(async () => {
    cluster = await open();
    for (let number = 1; number <= OBJECTS; number++) await cluster.create(configMap(`map-${number}`));
  });

  beforeEach(() => {
    handlers = new TemporaryDirectory();
  });

  afterEach(async () => {
    await informd.stop();
    handlers[Symbol.dispose]();
  });

  const run = (command: string, flags: readonly string[], environment: NodeJS.ProcessEnv = {}): void => {
    const args = [command, "--kubeconfig", cluster.kubeconfigPath, "--handlers", handlers.path, ...flags];
    informd = new InformdProcess(args, { cwd: handlers.path, env: { ...process.env, ...environment } });
  };

  const events = async (namespace: string): Promise<readonly ClusterEvent[]> =>
    (await cluster.read<{ items: readonly ClusterEvent[] }>(`/api/v1/namespaces/${namespace}/events`)).items;

  const event = async (namespace: string, reason: string): Promise<ClusterEvent> => {
    for (const deadline = performance.now() + WAIT_MS; performance.now() < deadline; await delay(ASK_AGAIN_MS)) {
      const found = (await events(namespace)).find((one) => one.reason === reason);
      if (found) return found;
    }
    throw new Error(`waited in vain for an Event ${reason}: ${JSON.stringify(await events(namespace))}`);
  };

  test("tell in the runtime's own namespace that one fails and has recovered, and quote nothing of its errors", async () => {
    const namespace = await cluster.createNamespace("own");
    const environment = { HOSTNAME: "desk", POD_NAMESPACE: namespace };
    handlers.write("team/Maps.ts", on("configmaps", `throw new Error("${CANARY}");`));
    run("start", ["--watch"], environment);
    const failing = await event(namespace, "HandlerFailing");
    assert.equal(failing.type, "Warning");
    assert.match(failing.message, /^Handler "team\/Maps" fails: /);
    assert.deepEqual(failing.involvedObject, {
      apiVersion: "informd.io/v1",
      kind: "Handler",
      namespace,
      name: "team.maps",
    });
    assert.equal(failing.reportingInstance, "desk");
    handlers.write("team/Maps.ts", on("configmaps", ""));
    const { type } = await event(namespace, "HandlerRecovered");
    assert.equal(type, "Normal");
    assert.ok(!JSON.stringify(await events(namespace)).includes(CANARY));
  });

  test("tell that one has no caches, and are written before the runtime has stopped", async () => {
    const namespace = await cluster.createNamespace("degraded");
    handlers.write("gadgets.ts", on("gadgets.example.com", ""));
    run("start", [], { POD_NAMESPACE: namespace });
    await informd.log({ msg: "handler degraded" });
    await informd.stop();
    const [degraded] = await events(namespace);
    assert.equal(degraded?.reason, "HandlerDegraded");
    assert.match(degraded.message, /^Handler "gadgets" does not run: Cannot watch "gadgets\.example\.com"/);
  });

  test("tell that one is quarantined whose process keeps dying", async () => {
    const namespace = await cluster.createNamespace("quarantined");
    const endless = on("configmaps", "for (;;);").replace("{ namespaces", '{ timeout: "100ms", namespaces');
    handlers.write("maps.ts", endless);
    run("start", [], { POD_NAMESPACE: namespace });
    const { type, message } = await event(namespace, "HandlerQuarantined");
    assert.equal(type, "Warning");
    assert.match(message, /^Handler "maps" is quarantined: its process died five times in a minute\./);
  });

  test("are none of dev's on somebody's cluster", async () => {
    const namespace = await cluster.createNamespace("dev");
    handlers.write("gadgets.ts", on("gadgets.example.com", ""));
    run("dev", ["--log", "json"], { POD_NAMESPACE: namespace });
    await informd.log({ msg: "handler degraded" });
    await informd.stop();
    assert.deepEqual(await events(namespace), []);
  });
});
