import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { writeKubeconfig } from "#devcluster/credentials/kubeconfig-file.ts";
import { createServingCredentials, type ServingCredentials } from "#devcluster/credentials/serving-credentials.ts";
import {
  startEmbeddedCluster,
  type EmbeddedCluster,
  type EmbeddedClusterOptions,
} from "#devcluster/embedded-cluster.ts";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { Target, WriteOptions } from "#devcluster/operations/api-operations.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { systemClock, type Clock } from "#kernel/clock.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { fastClock } from "./fast-clock.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** An hour of the informer's life takes 18 seconds. */
const SPEED = 200;
/** The longest that a watch lives, the time that it is given on top, and the longest wait between tries. */
const ALIVE_AGAIN_MS = 700_000;

const OPTIONS: WriteOptions = { dryRun: false, fieldManager: "test", fieldValidation: "Strict", force: false };

export interface FaultWorldOptions extends EmbeddedClusterOptions {
  readonly watchList?: boolean;
  readonly staleFirstList?: boolean;
}

/** An informer of ConfigMaps before an embedded cluster of its own, on a clock that runs fast. */
export class FaultWorld implements AsyncDisposable {
  cluster: EmbeddedCluster;
  readonly informer: SharedInformer;
  /** `added a 1007`, `updated a 1007→1009`, `deleted a 1010`. */
  readonly told: string[] = [];
  readonly #renewed: ServingCredentials;
  readonly #kube: Cluster;
  readonly #factory: SharedInformerFactory;
  readonly #clock: Clock;
  readonly #stop = new AbortController();

  /** `a` and `b` exist; the informer has not started. */
  static async open(options: FaultWorldOptions = {}): Promise<FaultWorld> {
    const world = new FaultWorld(await startCluster(options), options);
    world.create("a");
    world.create("b");
    return world;
  }

  constructor(cluster: EmbeddedCluster, { watchList = true, staleFirstList = false }: FaultWorldOptions) {
    this.cluster = cluster;
    this.#clock = fastClock(SPEED);
    const kubeconfig = join(temporaryFolder(), "kubeconfig");
    const { credentials, server } = cluster;
    this.#renewed = { ...createServingCredentials({ clock: systemClock }), token: credentials.token };
    writeKubeconfig(kubeconfig, { server, credentials: { ...credentials, ca: credentials.ca + this.#renewed.ca } });
    const config = loadClusterConfig({ kubeconfig, environment: {} });
    this.#kube = createCluster({ config, clock: this.#clock });
    this.#factory = new SharedInformerFactory(
      { listWatch: (scope) => this.#kube.listWatch(scope), clock: this.#clock },
      { watchList, staleFirstList },
    );
    this.informer = this.#factory.informer({ resource: this.#target("").resource, namespaces: ["default"] });
    this.informer.subscribe((notification) => {
      const { type, object } = notification;
      const before = type === "updated" ? `${notification.old.resourceVersion}→` : "";
      if (object.key.startsWith("default/kube-")) return;
      this.told.push(`${type} ${object.key.slice("default/".length)} ${before}${object.resourceVersion}`);
    });
  }

  /** Begins, and waits for the first state. */
  async start(): Promise<void> {
    this.#factory.start(this.#stop.signal);
    const result = await this.#factory.waitForCacheSync(AbortSignal.timeout(ALIVE_AGAIN_MS / SPEED));
    assert.equal(result.type, "synced");
  }

  create(name: string, text = "first"): void {
    this.cluster.operations.create(this.#target(""), { metadata: { name }, data: { text } }, OPTIONS);
  }

  update(name: string, text: string): void {
    this.cluster.operations.patch(this.#target(name), { type: "merge", patch: { data: { text } } }, OPTIONS);
  }

  delete(name: string): void {
    const options = { dryRun: false, gracePeriodSeconds: undefined, propagationPolicy: undefined, preconditions: {} };
    this.cluster.operations.delete(this.#target(name), options);
  }

  /** Another cluster in the place of this one, with another certificate; the informer trusts both authorities. */
  async restart(options: EmbeddedClusterOptions): Promise<void> {
    const port = Number(new URL(this.cluster.server).port);
    await this.cluster.stop();
    this.cluster = await startCluster({ ...options, credentials: this.#renewed, port });
  }

  /** Every kind of change, some of them before the informer can have heard of the one before. */
  async change(): Promise<void> {
    this.create("c");
    await delay(20);
    this.update("a", "second");
    this.update("a", "third");
    await delay(20);
    this.delete("b");
    this.create("b");
    await delay(20);
    this.create("d");
    this.delete("d");
    this.update("c", "second");
  }

  /** The same with writes of another kind before and after each: revisions of the informer's own objects lie far apart. */
  async changeAmongOthers(): Promise<void> {
    const others = setInterval(() => this.#writeOther(), 1);
    try {
      await this.change();
    } finally {
      clearInterval(others);
    }
  }

  /** Waits, as long as an informer may take, until the cache holds what the server holds, and that was told: a relist is told bit by bit. */
  async converge(): Promise<void> {
    const deadline = this.#clock.monotonic() + ALIVE_AGAIN_MS;
    const isThere = (): boolean => this.#cached() === this.#stored() && this.#toldState() === this.#stored();
    while (!isThere() && this.#clock.monotonic() < deadline) await delay(10);
    assert.equal(this.#cached(), this.#stored());
  }

  /** What was told makes a history: each object comes once, changes forwards, goes once, and ends as it is. */
  assertHistory(): void {
    const there = new Set<string>();
    for (const line of this.told) {
      const { type, name, before, after } = partsOf(line);
      if (type === "added") assert.ok(!there.has(name), `${line}: it was there\n${this.told.join("\n")}`);
      else assert.ok(there.has(name), `${line}: it was not there\n${this.told.join("\n")}`);
      if (type === "updated") assert.ok(Number(after) > Number(before), line);
      if (type === "deleted") there.delete(name);
      else there.add(name);
    }
    assert.equal(this.#toldState(), this.#stored(), this.told.join("\n"));
  }

  #toldState(): string {
    const state = new Map<string, string>();
    for (const line of this.told) {
      const { type, name, after } = partsOf(line);
      if (type === "deleted") state.delete(name);
      else state.set(name, after);
    }
    return texts([...state]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#factory.shutdown();
    await this.#kube.close();
    await this.cluster.stop();
  }

  #writeOther(): void {
    for (let count = 0; count < 5; count++)
      this.cluster.operations.create(this.#target("", "secrets"), { metadata: { generateName: "other-" } }, OPTIONS);
  }

  #target(name: string, plural = "configmaps"): Target {
    const resource = this.cluster.registry.find({ group: "", version: "v1", plural });
    assert.ok(resource);
    return { resource, namespace: "default", name, subresource: "" };
  }

  #cached(): string {
    const objects = Array.from(this.informer.cache.values(), ({ key, resourceVersion }) => ({ key, resourceVersion }));
    return texts(objects.map(({ key, resourceVersion }) => [key.slice("default/".length), resourceVersion] as const));
  }

  #stored(): string {
    const options = {
      labelSelector: "",
      fieldSelector: "",
      limit: 0,
      continueToken: "",
      resourceVersion: "",
      resourceVersionMatch: "",
    };
    const { items } = this.cluster.operations.list(this.#target(""), options);
    return texts(items.map(({ metadata }: ApiObject) => [metadata.name, metadata.resourceVersion ?? ""] as const));
  }
}

function startCluster(options: EmbeddedClusterOptions): Promise<EmbeddedCluster> {
  const onError = (error: unknown): void => assert.ifError(error);
  return startEmbeddedCluster({ clock: systemClock, random: Math.random, onError }, options);
}

/** Of `updated a 10→11`. */
function partsOf(line: string): Readonly<Record<"type" | "name" | "before" | "after", string>> {
  const [type = "", name = "", versions = ""] = line.split(" ");
  const [before = "", after = before] = versions.split("→");
  return { type, name, before, after };
}

function texts(objects: readonly (readonly [name: string, version: string])[]): string {
  return objects
    .filter(([name]) => !name.startsWith("kube-"))
    .map(([name, version]) => `${name}@${version}`)
    .sort()
    .join(" ");
}
