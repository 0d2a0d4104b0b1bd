import { setTimeout as delay } from "node:timers/promises";
import { atOnce, type BenchClient } from "../embedded/bench-client.ts";
import { SHARD_LABEL, VERSION_ANNOTATION } from "./sharded-handler.ts";

const PODS = "/api/v1/namespaces/default/pods";
/** Of twenty writes one deletes a pod and one makes another. */
const CYCLE = 20;
const RETRY_MS = 200;
/** Whoever was cut off does not catch up all at once. */
const LONGEST_DEBT_MS = 1000;
/** A write whose answer was lost has been done already. */
const DONE_ALREADY = { POST: 409, DELETE: 404 } as const;

export interface ChurnedPod {
  readonly name: string;
  readonly shard: number;
  readonly version: number;
}

/** Pods of which some are changed, deleted and replaced all the time. Each write is tried until it is accepted. */
export class PodChurn {
  /** Whatever exists once the writers have ended. */
  readonly pods = new Map<string, ChurnedPod>();
  readonly deleted: ChurnedPod[] = [];
  writes = 0;
  readonly #client: BenchClient;
  readonly #shards: number;
  readonly #idle: ChurnedPod[] = [];
  #serial = 0;

  constructor(client: BenchClient, { shards }: { readonly shards: number }) {
    this.#client = client;
    this.#shards = shards;
  }

  fill(count: number, writers: number): Promise<void> {
    return atOnce(count, writers, () => this.#create());
  }

  /** Until the signal aborts. */
  async run(
    { perSecond, writers }: { readonly perSecond: number; readonly writers: number },
    signal: AbortSignal,
  ): Promise<void> {
    const stepMs = 1000 / perSecond;
    let due = performance.now();
    const write = async (): Promise<void> => {
      while (!signal.aborted) {
        due = Math.max(due + stepMs, performance.now() - LONGEST_DEBT_MS);
        const waitMs = due - performance.now();
        if (waitMs > 0) await delay(waitMs);
        await this.#write(this.writes++);
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
  }

  async #write(number: number): Promise<void> {
    if (number % CYCLE === 0) return this.#create();
    const pod = this.#idle.shift();
    if (!pod) throw new Error("Cannot write: every pod is being written. Give it more pods");
    return number % CYCLE === CYCLE / 2 ? this.#delete(pod) : this.#change(pod);
  }

  async #create(): Promise<void> {
    const serial = this.#serial++;
    const pod = { name: `soaked-${serial}`, shard: serial % this.#shards, version: 0 };
    await this.#send("POST", PODS, podOf(pod));
    this.#keep(pod);
  }

  async #change(pod: ChurnedPod): Promise<void> {
    const next = { ...pod, version: pod.version + 1 };
    const annotations = { [VERSION_ANNOTATION]: String(next.version) };
    await this.#send("PATCH", `${PODS}/${pod.name}`, { metadata: { annotations } });
    this.#keep(next);
  }

  async #delete(pod: ChurnedPod): Promise<void> {
    await this.#send("DELETE", `${PODS}/${pod.name}`, { gracePeriodSeconds: 0 });
    this.pods.delete(pod.name);
    this.deleted.push(pod);
  }

  #keep(pod: ChurnedPod): void {
    this.pods.set(pod.name, pod);
    this.#idle.push(pod);
  }

  async #send(method: "POST" | "PATCH" | "DELETE", path: string, body: object): Promise<void> {
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    for (;;) {
      const code = await this.#client.ask(method, path, body, type).catch(() => 0);
      if (code >= 200 && code < 300) return;
      if (method !== "PATCH" && code === DONE_ALREADY[method]) return;
      if (code >= 400 && code < 500 && code !== 429)
        throw new Error(`Cannot write: ${method} ${path} was answered with ${code}`);
      await delay(RETRY_MS);
    }
  }
}

function podOf({ name, shard, version }: ChurnedPod): object {
  const labels = { [SHARD_LABEL]: String(shard) };
  const annotations = { [VERSION_ANNOTATION]: String(version) };
  const containers = [{ name: "c", image: "example/soaked:1" }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name, labels, annotations }, spec: { containers } };
}
