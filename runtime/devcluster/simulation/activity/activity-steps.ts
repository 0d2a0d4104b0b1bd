import { elementsOf, isRecord, textOf } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { conditionOf } from "../../controllers/reconciling/conditions.ts";
import { recordAt } from "../../record-at.ts";
import { isActive } from "../workloads/pod-facts.ts";
import { CONFIG_MAPS, DEMO, DEPLOYMENTS, sampleJob } from "./sample-workloads.ts";
import { replicasOf } from "../workloads/workload-spec.ts";

const MOST_REPLICAS = 5;
const MOST_JOBS = 8;
const REVIEWED = "reviewed";

/** What can happen next. A step whose object somebody has deleted does nothing. */
export class ActivitySteps {
  readonly #client: ClusterClient;
  readonly #random: () => number;
  #jobs = 0;

  constructor(client: ClusterClient, random: () => number) {
    this.#client = client;
    this.#random = random;
  }

  scale(): void {
    this.#changeDeployment((deployment) => {
      const now = replicasOf(deployment);
      const [up, down] = [Math.min(MOST_REPLICAS, now + 1), Math.max(1, now - 1)];
      const prefersUp = this.#random() < 0.5;
      const replicas = (prefersUp && up !== now) || down === now ? up : down;
      return { ...deployment, spec: { ...recordAt(deployment, "spec"), replicas } };
    });
  }

  rollOut(): void {
    this.#changeDeployment((deployment) => {
      const template = recordAt(deployment, "spec", "template");
      const containers = elementsOf(recordAt(template, "spec"), "containers").filter(isRecord);
      const next = containers.map((container) => ({
        ...container,
        image: nextImage(textOf(container, "image") ?? ""),
      }));
      const spec = { ...recordAt(template, "spec"), containers: next };
      return { ...deployment, spec: { ...recordAt(deployment, "spec"), template: { ...template, spec } } };
    });
  }

  startJob(): void {
    if (this.#client.list("jobs.batch", DEMO).length >= MOST_JOBS) return this.cleanJob();
    this.#client.create("jobs.batch", sampleJob(`report-${++this.#jobs}`));
  }

  /** The oldest that has finished. */
  cleanJob(): void {
    const jobs = this.#client.list("jobs.batch", DEMO).toSorted((a, b) => creation(a) - creation(b));
    const job = jobs.find((each) => conditionOf(each, "Complete")) ?? (jobs.length >= MOST_JOBS ? jobs[0] : undefined);
    if (job) this.#client.delete("jobs.batch", job);
  }

  changeConfig(): void {
    const config = this.#pick(CONFIG_MAPS.flatMap((name) => this.#find("configmaps", name)));
    if (!config) return;
    const data = recordAt(config, "data");
    const level = data["log-level"] === "info" ? "debug" : "info";
    const revision = String(Number(data["revision"] ?? 0) + 1);
    this.#client.update("configmaps", { ...config, data: { ...data, "log-level": level, revision } });
  }

  changeLabel(): void {
    const config = this.#pick(CONFIG_MAPS.flatMap((name) => this.#find("configmaps", name)));
    if (!config) return;
    const { labels = {} } = config.metadata;
    const isReviewed = labels[REVIEWED] !== undefined;
    const next = withMembers(labels, { [REVIEWED]: isReviewed ? undefined : "true" });
    this.#client.update("configmaps", withMetadata(config, { labels: next }));
  }

  losePod(): void {
    const apps = new Set(Object.keys(DEPLOYMENTS));
    const pods = this.#client
      .list("pods", DEMO)
      .filter((pod) => isActive(pod) && apps.has(pod.metadata.labels?.["app"] ?? ""));
    const pod = this.#pick(pods);
    if (pod) this.#client.delete("pods", pod);
  }

  #changeDeployment(change: (deployment: ApiObject) => ApiObject): void {
    const deployment = this.#pick(Object.keys(DEPLOYMENTS).flatMap((name) => this.#find("deployments.apps", name)));
    if (deployment) this.#client.update("deployments.apps", change(deployment));
  }

  #find(resource: string, name: string): readonly ApiObject[] {
    const found = this.#client.get(resource, { namespace: DEMO, name });
    return found && found.metadata.deletionTimestamp === undefined ? [found] : [];
  }

  #pick<T>(choices: readonly T[]): T | undefined {
    return choices[Math.floor(this.#random() * choices.length)];
  }
}

/** `example/web:1.0.9` becomes `example/web:1.1.0`. */
function nextImage(image: string): string {
  const [, name = image, major = "1", minor = "0", patch = "0"] = /^(.*):(\d+)\.(\d+)\.(\d+)$/.exec(image) ?? [];
  const isLast = Number(patch) >= 9;
  return `${name}:${major}.${isLast ? Number(minor) + 1 : minor}.${isLast ? 0 : Number(patch) + 1}`;
}

function creation({ metadata }: ApiObject): number {
  return Date.parse(metadata.creationTimestamp ?? "");
}
