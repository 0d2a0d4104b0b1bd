import { setTimeout as delay } from "node:timers/promises";
import type { InformdProcess, LogLine } from "../../tests/support/informd-process.ts";
import type { ChurnedPod, PodChurn } from "./pod-churn.ts";
import { handlersOf, toldFrom, type Told } from "./sharded-handler.ts";

const LOOK_EVERY_MS = 250;

/** What the handlers were told, and how that compares with what was written. */
export class HandlerRecords {
  runs = 0;
  /** Runs of an event that had ended well already. */
  doubled = 0;
  /** Runs with an older version of a pod than the one before. */
  outOfOrder = 0;
  readonly causes = new Map<string, number>();
  /** Pods that were made and deleted while nobody could watch. */
  unseen = 0;
  readonly #process: InformdProcess;
  readonly #shards: number;
  readonly #newest = new Map<string, Told>();
  readonly #seen = new Set<string>();
  #read = 0;

  constructor(process: InformdProcess, shards: number) {
    this.#process = process;
    this.#shards = shards;
  }

  /** Waits until nothing is missing, or for so long. Resolves with what is missing then. */
  async settle(churn: PodChurn, limitMs: number): Promise<string[]> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      this.#catchUp();
      const missing = this.#missing(churn);
      if (missing.length === 0 || performance.now() > deadline) return missing;
      await delay(LOOK_EVERY_MS);
    }
  }

  #missing({ pods, deleted }: PodChurn): string[] {
    const seen = deleted.filter((pod) => this.#isSeen(pod));
    this.unseen = deleted.length - seen.length;
    const lacks = (pod: ChurnedPod, wanted: (told: Told | undefined) => boolean, what: string): string[] =>
      handlersOf(pod.shard, this.#shards).flatMap((handler) => {
        const told = this.#newest.get(`${handler}/${pod.name}`);
        return wanted(told) ? [] : [`${handler} was not told ${what} of ${pod.name}, but ${JSON.stringify(told)}`];
      });
    return [
      ...pods.values().flatMap((pod) => lacks(pod, (told) => told?.version === pod.version, `version ${pod.version}`)),
      ...seen.flatMap((pod) => lacks(pod, (told) => told?.type === "deleted", "the deletion")),
    ];
  }

  #isSeen({ name, shard }: ChurnedPod): boolean {
    return handlersOf(shard, this.#shards).some((handler) => this.#newest.has(`${handler}/${name}`));
  }

  #catchUp(): void {
    const { lines } = this.#process;
    for (; this.#read < lines.length; this.#read++) {
      const line = lines[this.#read];
      if (line?.msg === "told") this.#take(line);
    }
  }

  #take({ handler, data = {} }: LogLine): void {
    const told = toldFrom(data);
    this.runs++;
    this.causes.set(told.cause, (this.causes.get(told.cause) ?? 0) + 1);
    const event = `${String(handler)} ${told.id}`;
    if (this.#seen.has(event)) this.doubled++;
    this.#seen.add(event);
    const key = `${String(handler)}/${told.pod}`;
    const before = this.#newest.get(key);
    if (before && before.version > told.version) this.outOfOrder++;
    this.#newest.set(key, told);
  }
}
