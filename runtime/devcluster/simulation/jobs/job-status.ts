import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { conditionOf, conditionsWith, isTrue, type Condition } from "../../controllers/reconciling/conditions.ts";
import { nonZero } from "../../controllers/reconciling/update-status.ts";
import { recordAt } from "../../record-at.ts";
import { completedIndexes } from "./job-indexes.ts";

export type JobOutcome = "running" | "suspended" | "complete" | "failed";

export interface JobCounts {
  readonly active: number;
  readonly ready: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly terminating: number;
  readonly pods: readonly ApiObject[];
}

export interface JobProgress {
  readonly counts: JobCounts;
  readonly outcome: JobOutcome;
  readonly now: string;
}

export function isFinished(job: ApiObject): boolean {
  return isTrue(job, "Complete") || isTrue(job, "Failed");
}

/** What a Job says of itself. */
export function jobStatus(job: ApiObject, { counts, outcome, now }: JobProgress): JsonRecord {
  const before = recordAt(job, "status");
  const { active, succeeded, failed, ready, terminating, pods } = counts;
  const conditions = conditionsWith(job, conditionsAfter(job, outcome), now).map((condition) => ({
    ...condition,
    lastProbeTime: textOf(condition, "lastProbeTime") ?? now,
  }));
  const indexes = completedIndexes(job, pods);
  return {
    ...(outcome !== "suspended" && { startTime: before["startTime"] ?? now }),
    ...(outcome === "complete" && { completionTime: now }),
    ...(conditions.length > 0 && { conditions }),
    ...(indexes !== undefined && indexes !== "" && { completedIndexes: indexes }),
    ...nonZero({ active: outcome === "running" ? active : 0, succeeded, failed }),
    ready,
    terminating,
    uncountedTerminatedPods: {},
  };
}

function conditionsAfter(job: ApiObject, outcome: JobOutcome): readonly Condition[] {
  switch (outcome) {
    case "complete":
      return both("SuccessCriteriaMet", "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
    case "failed":
      return both("FailureTarget", "Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    case "suspended":
      return [{ type: "Suspended", status: "True", reason: "JobSuspended", message: "Job suspended" }];
    case "running":
      return conditionOf(job, "Suspended")
        ? [{ type: "Suspended", status: "False", reason: "JobResumed", message: "Job resumed" }]
        : [];
  }
}

function both(first: string, second: string, reason: string, message: string): readonly Condition[] {
  return [first, second].map((type) => ({ type, status: "True", reason, message }));
}
