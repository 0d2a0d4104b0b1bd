import assert from "node:assert/strict";
import type { FaultRule } from "#devcluster/faults/fault.ts";
import { InformdProcess } from "./informd-process.ts";
import { TemporaryDirectory } from "./temporary-directory.ts";
import type { Named, StoredObject } from "./test-cluster/cluster-verbs.ts";
import { configMap } from "./test-cluster/objects.ts";
import { openEmbeddedServer, type EmbeddedServer } from "./test-cluster/open-embedded-server.ts";
import { stateAfter, type Told } from "./told-history.ts";

const HANDLER = `
import { on } from "informd";
export default on("configmaps", { namespaces: ["default"], labelSelector: "told" }, (event, { log }) => {
  const { name, uid, resourceVersion } = event.object.metadata;
  log.info(event.type, { name, uid, resourceVersion });
});`;

const COLLECTION = "/api/v1/namespaces/default/configmaps";

/** `informd start` as a process before an embedded cluster of its own, with one handler that writes what it is told. */
export class RuntimeWorld implements AsyncDisposable {
  readonly server: EmbeddedServer;
  readonly informd: InformdProcess;
  readonly #handlers: TemporaryDirectory;

  /** @param fault what informd meets from its start */
  static async open(fault?: FaultRule): Promise<RuntimeWorld> {
    const server = await openEmbeddedServer();
    if (fault) await server.faults.plan(fault);
    const world = new RuntimeWorld(server);
    await world.informd.log({ msg: "ready" });
    return world;
  }

  constructor(server: EmbeddedServer) {
    this.server = server;
    this.#handlers = new TemporaryDirectory({ "told.ts": HANDLER });
    const { path } = this.#handlers;
    const args = ["start", "--kubeconfig", server.kubeconfigPath, "--handlers", path];
    this.informd = new InformdProcess(args, { cwd: path });
  }

  /** Objects that the handler is told of. */
  async prepare(): Promise<void> {
    await this.server.apply(object("changed", 1), object("deleted", 1), object("recreated", 1));
    await this.untilTold();
  }

  /** Every kind of change. */
  async change(): Promise<void> {
    const { server } = this;
    await server.apply(object("new", 1), object("changed", 2), object("changed", 3));
    await server.delete(object("deleted", 3), object("recreated", 3));
    await server.apply(object("recreated", 2), object("short", 1), object("new", 2));
    await server.delete(object("short", 2));
  }

  /** How often informd has asked for the objects in vain, or anew. */
  async retries(): Promise<number> {
    const requests = await this.server.faults.requests();
    return requests.filter(({ path, userAgent }) => path === COLLECTION && userAgent.startsWith("informd")).length - 1;
  }

  /** Waits until what the handler was told leaves what there is. Fails as soon as it is no history. */
  async untilTold(): Promise<void> {
    const { items } = await this.server.read<{ readonly items: readonly StoredObject[] }>(
      `${COLLECTION}?labelSelector=told`,
    );
    const stored = items.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`).sort();
    await this.informd.until(stored.join(" "), () => stateAfter(this.#told()).join() === stored.join());
  }

  /** Stops informd. What it has told until then must still be right. */
  async end(): Promise<void> {
    const before = stateAfter(this.#told());
    assert.equal(await this.informd.stop(), 0);
    assert.deepEqual(stateAfter(this.#told()), before);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.informd.stop();
    await this.server.stop();
    this.#handlers[Symbol.dispose]();
  }

  #told(): Told[] {
    return this.informd.told("told").map(({ msg, data }) => ({ ...(data as Omit<Told, "type">), type: msg }));
  }
}

function object(name: string, step: number): Named {
  return configMap(name, { labels: { told: String(step) } });
}
