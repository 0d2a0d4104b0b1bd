/** Runs Jobs to their end. Simpler than upstream: a failed pod is replaced at once. */
import { fieldOf, numberOf, textOf } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { conditionOf } from "../../controllers/reconciling/conditions.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { updateStatus } from "../../controllers/reconciling/update-status.ts";
import { freeIndexes, indexedPod } from "./job-indexes.ts";
import { isFinished, jobStatus, type JobCounts, type JobOutcome } from "./job-status.ts";
import { ownedObjects } from "../workloads/owned-objects.ts";
import { isActive, isReady, phaseOf } from "../workloads/pod-facts.ts";
import { podFromTemplate } from "../workloads/pod-from-template.ts";
import { podOwners } from "../workloads/pod-owners.ts";
import { selectsItsPods } from "../workloads/workload-spec.ts";
import { timestamp } from "../../timestamp.ts";

const RESOURCE = "jobs.batch";

export function startJobs(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "jobs",
      mayBeRefused: true,
      watches: [RESOURCE, "pods"],
      keysOf: (change) => podOwners(client, change, { resource: RESOURCE, kind: "Job" }),
      reconcile(key) {
        const job = client.get(RESOURCE, parseKey(key));
        if (!job || job.metadata.deletionTimestamp !== undefined || !selectsItsPods(job)) return undefined;
        if (isFinished(job)) return expire(client, job, clock.now());
        const pods = ownedObjects(client, job, "pods");
        const counts = countPods(job, pods);
        const outcome = outcomeOf(job, counts);
        updateStatus(client, RESOURCE, job, jobStatus(job, { counts, outcome, now: timestamp(clock.now()) }));
        const active = pods.filter(isActive);
        adjust(client, job, { pods, active, wanted: outcome === "running" ? wantedPods(job, counts) : 0 });
        return undefined;
      },
    },
    signal,
  );
}

/** Deletes a finished Job when its time is over; returns the milliseconds until then. */
function expire(client: ClusterClient, job: ApiObject, nowMs: number): number | undefined {
  const ttl = numberOf(job["spec"], "ttlSecondsAfterFinished");
  if (ttl === undefined) return undefined;
  const finished = conditionOf(job, "Complete") ?? conditionOf(job, "Failed");
  const leftMs = Date.parse(textOf(finished, "lastTransitionTime") ?? "") + ttl * 1000 - nowMs;
  if (leftMs > 0) return leftMs;
  client.delete(RESOURCE, job);
  return undefined;
}

/** Pods that have been cleaned away still count. */
function countPods(job: ApiObject, pods: readonly ApiObject[]): JobCounts {
  const count = (phase: string): number => pods.filter((pod) => phaseOf(pod) === phase).length;
  const active = pods.filter(isActive);
  return {
    active: active.length,
    ready: active.filter(isReady).length,
    succeeded: Math.max(count("Succeeded"), numberOf(job["status"], "succeeded") ?? 0),
    failed: Math.max(count("Failed"), numberOf(job["status"], "failed") ?? 0),
    terminating: pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined).length,
    pods,
  };
}

function outcomeOf({ spec }: ApiObject, { active, succeeded, failed }: JobCounts): JobOutcome {
  if (fieldOf(spec, "suspend") === true) return "suspended";
  const completions = numberOf(spec, "completions");
  const isComplete = completions === undefined ? succeeded > 0 && active === 0 : succeeded >= completions;
  if (isComplete) return "complete";
  return failed > (numberOf(spec, "backoffLimit") ?? 6) ? "failed" : "running";
}

function wantedPods({ spec }: ApiObject, { active, succeeded }: JobCounts): number {
  const parallelism = numberOf(spec, "parallelism") ?? 1;
  const completions = numberOf(spec, "completions");
  // One success tells the others of a work queue that nothing is left.
  if (completions === undefined) return succeeded > 0 ? active : parallelism;
  return Math.min(parallelism, completions - succeeded);
}

interface Pods {
  readonly pods: readonly ApiObject[];
  readonly active: readonly ApiObject[];
  readonly wanted: number;
}

function adjust(client: ClusterClient, job: ApiObject, { pods, active, wanted }: Pods): void {
  for (const pod of active.slice(wanted)) client.delete("pods", pod);
  const missing = Math.max(0, wanted - active.length);
  const isIndexed = textOf(job["spec"], "completionMode") === "Indexed";
  if (isIndexed)
    for (const index of freeIndexes(job, pods).slice(0, missing)) client.create("pods", indexedPod(job, index));
  else for (let i = 0; i < missing; i++) client.create("pods", podFromTemplate(job));
}
