import { fieldOf, isRecord, numberOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient, NewObject } from "../../controllers/reconciling/cluster-client.ts";
import { isTrue } from "../../controllers/reconciling/conditions.ts";
import { updateStatus } from "../../controllers/reconciling/update-status.ts";
import { recordAt } from "../../record-at.ts";
import { timestamp } from "../../timestamp.ts";
import { controlledBy, controllerReference } from "../workloads/controller-reference.ts";
import { parseCronSchedule, type CronSchedule } from "./cron-schedule.ts";
import { isFinished } from "./job-status.ts";

const JOBS = "jobs.batch";

/** Starts what is due, cleans up, says what is so. Returns the milliseconds until the next time. */
export function advanceCronJob(client: ClusterClient, cronJob: ApiObject, nowMs: number): number | undefined {
  const isSuspended = fieldOf(cronJob["spec"], "suspend") === true;
  const schedule = isSuspended ? undefined : parseCronSchedule(textOf(cronJob["spec"], "schedule") ?? "");
  const dueMs = schedule && latestDue(schedule, lastTimeOf(cronJob), nowMs);
  const isStarted = dueMs !== undefined && start(client, cronJob, dueMs);
  forgetOld(client, cronJob);
  report(client, cronJob, isStarted ? timestamp(dueMs) : undefined);
  const nextMs = schedule?.nextAfter(nowMs);
  return nextMs === undefined ? undefined : nextMs - nowMs;
}

function lastTimeOf({ status, metadata }: ApiObject): number {
  return Date.parse(textOf(status, "lastScheduleTime") ?? metadata.creationTimestamp ?? "");
}

/** Times that were missed are one. */
function latestDue({ nextAfter }: CronSchedule, sinceMs: number, nowMs: number): number | undefined {
  let due: number | undefined;
  for (let at = nextAfter(sinceMs); at !== undefined && at <= nowMs; at = nextAfter(at)) due = at;
  return due;
}

/** Returns false if it may not start beside what runs still. */
function start(client: ClusterClient, cronJob: ApiObject, dueMs: number): boolean {
  const active = jobsOf(client, cronJob).filter((job) => !isFinished(job));
  const policy = textOf(cronJob["spec"], "concurrencyPolicy");
  if (active.length > 0 && policy === "Forbid") return false;
  if (policy === "Replace") for (const job of active) client.delete(JOBS, job);
  client.create(JOBS, jobAt(cronJob, dueMs));
  return true;
}

function jobAt(cronJob: ApiObject, dueMs: number): NewObject {
  const { name, namespace = "" } = cronJob.metadata;
  const template = recordAt(cronJob, "spec", "jobTemplate");
  const { labels, annotations } = recordAt(template, "metadata");
  return {
    metadata: {
      namespace,
      name: `${name}-${Math.floor(dueMs / 60_000)}`,
      ...(isRecord(labels) && { labels }),
      annotations: {
        ...(isRecord(annotations) && annotations),
        "batch.kubernetes.io/cronjob-scheduled-timestamp": timestamp(dueMs),
      },
      ownerReferences: [controllerReference(cronJob)],
    },
    spec: recordAt(template, "spec"),
  };
}

/** Keeps as many finished Jobs as the CronJob wants to look back on. */
function forgetOld(client: ClusterClient, cronJob: ApiObject): void {
  const limits = [
    ["Complete", numberOf(cronJob["spec"], "successfulJobsHistoryLimit") ?? 3],
    ["Failed", numberOf(cronJob["spec"], "failedJobsHistoryLimit") ?? 1],
  ] as const;
  for (const [type, limit] of limits) {
    const finished = jobsOf(client, cronJob).filter((job) => isTrue(job, type));
    for (const job of finished.slice(0, Math.max(0, finished.length - limit))) client.delete(JOBS, job);
  }
}

function report(client: ClusterClient, cronJob: ApiObject, started: string | undefined): void {
  const jobs = jobsOf(client, cronJob);
  const active = jobs.filter((job) => !isFinished(job)).map(referenceTo);
  const ends = jobs.flatMap((job) => textOf(job["status"], "completionTime") ?? []);
  const before = recordAt(cronJob, "status");
  const lastScheduleTime = started ?? before["lastScheduleTime"];
  const lastSuccessfulTime = ends.sort().at(-1) ?? before["lastSuccessfulTime"];
  updateStatus(client, "cronjobs.batch", cronJob, {
    ...(active.length > 0 && { active }),
    ...(lastScheduleTime !== undefined && { lastScheduleTime }),
    ...(lastSuccessfulTime !== undefined && { lastSuccessfulTime }),
  });
}

function referenceTo({ apiVersion, kind, metadata }: ApiObject): object {
  const { namespace, name, uid, resourceVersion } = metadata;
  return { apiVersion, kind, namespace, name, uid, resourceVersion };
}

/** The oldest first. */
function jobsOf(client: ClusterClient, cronJob: ApiObject): readonly ApiObject[] {
  return client
    .list(JOBS, cronJob.metadata.namespace)
    .filter(controlledBy(cronJob))
    .toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}
