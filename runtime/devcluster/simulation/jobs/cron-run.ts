import { fieldOf, isRecord, numberOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient, NewObject } from "../../controllers/reconciling/cluster-client.ts";
import { conditionOf } from "../../controllers/reconciling/conditions.ts";
import { updateStatus } from "../../controllers/reconciling/update-status.ts";
import { recordAt } from "../../record-at.ts";
import { parseCronSchedule } from "./cron-schedule.ts";
import { controllerReference } from "../workloads/owned-objects.ts";
import { controlledBy } from "../workloads/pod-facts.ts";

const RESOURCE = "cronjobs.batch";
const JOBS = "jobs.batch";

/** Looks once at a CronJob: starts what is due, cleans up, says what is so. */
export class CronRun {
  readonly #client: ClusterClient;
  readonly #cronJob: ApiObject;
  readonly #nowMs: number;

  constructor(client: ClusterClient, cronJob: ApiObject, nowMs: number) {
    [this.#client, this.#cronJob, this.#nowMs] = [client, cronJob, nowMs];
  }

  /** Starts what is due. Returns the milliseconds until the next time. */
  advance(): number | undefined {
    const schedule = parseCronSchedule(textOf(this.#cronJob["spec"], "schedule") ?? "");
    if (!schedule || fieldOf(this.#cronJob["spec"], "suspend") === true) {
      this.#report(undefined);
      return undefined;
    }
    const since = textOf(this.#cronJob["status"], "lastScheduleTime") ?? this.#cronJob.metadata.creationTimestamp;
    const due = this.#latestDue(schedule.nextAfter, Date.parse(since ?? ""));
    const isStarted = due !== undefined && this.#start(due);
    this.#forgetOld();
    this.#report(isStarted ? due : undefined);
    const next = schedule.nextAfter(this.#nowMs);
    return next === undefined ? undefined : next - this.#nowMs;
  }

  /** Times that were missed are one. */
  #latestDue(nextAfter: (timeMs: number) => number | undefined, sinceMs: number): number | undefined {
    let due: number | undefined;
    for (let at = nextAfter(sinceMs); at !== undefined && at <= this.#nowMs; at = nextAfter(at)) due = at;
    return due;
  }

  #start(dueMs: number): boolean {
    const active = this.#jobs().filter((job) => !isFinished(job));
    const policy = textOf(this.#cronJob["spec"], "concurrencyPolicy");
    if (active.length > 0 && policy === "Forbid") return false;
    if (policy === "Replace") for (const job of active) this.#client.delete(JOBS, job);
    this.#client.create(JOBS, this.#jobAt(dueMs));
    return true;
  }

  #jobAt(dueMs: number): NewObject {
    const { name, namespace = "" } = this.#cronJob.metadata;
    const template = recordAt(this.#cronJob, "spec", "jobTemplate");
    const { labels, annotations } = recordAt(template, "metadata");
    const scheduled = `${new Date(dueMs).toISOString().slice(0, 19)}Z`;
    return {
      metadata: {
        namespace,
        name: `${name}-${Math.floor(dueMs / 60_000)}`,
        ...(isRecord(labels) && { labels }),
        annotations: {
          ...(isRecord(annotations) && annotations),
          "batch.kubernetes.io/cronjob-scheduled-timestamp": scheduled,
        },
        ownerReferences: [controllerReference(this.#cronJob)],
      },
      spec: recordAt(template, "spec"),
    };
  }

  /** Keeps as many finished Jobs as the CronJob wants to look back on. */
  #forgetOld(): void {
    const { spec } = this.#cronJob;
    const limits = [
      ["Complete", numberOf(spec, "successfulJobsHistoryLimit") ?? 3],
      ["Failed", numberOf(spec, "failedJobsHistoryLimit") ?? 1],
    ] as const;
    for (const [type, limit] of limits) {
      const finished = this.#jobs().filter((job) => conditionOf(job, type)?.["status"] === "True");
      for (const job of finished.slice(0, Math.max(0, finished.length - limit))) this.#client.delete(JOBS, job);
    }
  }

  #report(startedMs: number | undefined): void {
    const { namespace = "" } = this.#cronJob.metadata;
    const jobs = this.#jobs();
    const active = jobs
      .filter((job) => !isFinished(job))
      .map(({ apiVersion, kind, metadata: { name, uid, resourceVersion } }) => ({
        apiVersion,
        kind,
        namespace,
        name,
        uid,
        resourceVersion,
      }));
    const ends = jobs.flatMap((job) => textOf(job["status"], "completionTime") ?? []);
    const before = recordAt(this.#cronJob, "status");
    const lastScheduleTime =
      startedMs === undefined ? before["lastScheduleTime"] : `${new Date(startedMs).toISOString().slice(0, 19)}Z`;
    const lastSuccessfulTime = ends.sort().at(-1) ?? before["lastSuccessfulTime"];
    updateStatus(this.#client, RESOURCE, this.#cronJob, {
      ...(active.length > 0 && { active }),
      ...(lastScheduleTime !== undefined && { lastScheduleTime }),
      ...(lastSuccessfulTime !== undefined && { lastSuccessfulTime }),
    });
  }

  /** The oldest first. */
  #jobs(): readonly ApiObject[] {
    return this.#client
      .list(JOBS, this.#cronJob.metadata.namespace)
      .filter(controlledBy(this.#cronJob))
      .toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  }
}

function isFinished(job: ApiObject): boolean {
  return ["Complete", "Failed"].some((type) => conditionOf(job, type)?.["status"] === "True");
}
