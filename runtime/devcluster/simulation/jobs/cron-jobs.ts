/** Creates the Jobs of CronJobs when it is time. Time zones are not looked at: schedules are in UTC. */
import { parseKey } from "#resources/object-key.ts";
import { keyOf } from "../../api-object.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { advanceCronJob } from "./advance-cron-job.ts";
import { podOwners } from "../workloads/pod-owners.ts";

const RESOURCE = "cronjobs.batch";

export function startCronJobs(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "cronjobs",
      mayBeRefused: true,
      watches: [RESOURCE, "jobs.batch"],
      keysOf: (change) =>
        change.storage === RESOURCE
          ? [keyOf(change.object)]
          : podOwners(client, change, { resource: RESOURCE, kind: "CronJob" }),
      reconcile(key) {
        const cronJob = client.get(RESOURCE, parseKey(key));
        if (!cronJob || cronJob.metadata.deletionTimestamp !== undefined) return undefined;
        return advanceCronJob(client, cronJob, clock.now());
      },
    },
    signal,
  );
}
