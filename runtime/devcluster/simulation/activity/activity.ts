/** Something always happens in the embedded cluster, so that handlers have something to do. */
import type { Timer } from "#kernel/clock.ts";
import type { ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { ActivitySteps } from "./activity-steps.ts";
import { createSampleWorkloads, DEMO } from "./sample-workloads.ts";

export type Activity = "off" | "calm" | "busy";

const FIRST_MS = 1_000;
/** From one step to the next; a step makes several changes, most of them by controllers. */
const INTERVAL_MS = { calm: 2_000, busy: 350 } as const;
/** Intervals differ by so much of themselves. */
const JITTER = 0.2;

/** Creates sample workloads and changes something every so often, until the signal aborts. */
export function startActivity(parts: ControllerParts, activity: Activity, signal: AbortSignal): void {
  if (activity === "off" || signal.aborted) return;
  const { client, clock, random, report } = parts;
  const steps = new ActivitySteps(client, random);
  createSampleWorkloads(client);
  let count = 0;
  let timer: Timer;
  const wait = (ms: number): void => void (timer = clock.setTimer(ms, step));
  const step = (): void => {
    try {
      const namespace = client.get("namespaces", { namespace: "", name: DEMO });
      if (namespace?.metadata.deletionTimestamp === undefined) {
        // Somebody may have deleted everything: handlers are to have something to do all the same.
        if (client.list("deployments.apps", DEMO).length === 0) createSampleWorkloads(client);
        takeStep(steps, count++, random);
      }
    } catch (error) {
      report({ controller: "activity", key: DEMO, error });
    }
    wait(INTERVAL_MS[activity] * (1 + JITTER * (2 * random() - 1)));
  };
  wait(FIRST_MS);
  signal.addEventListener("abort", () => timer.cancel(), { once: true });
}

/** A round of five shows something to whoever watches Deployments, Jobs, pods or ConfigMaps. */
function takeStep(steps: ActivitySteps, count: number, random: () => number): void {
  switch (count % 5) {
    case 0:
      return steps.scale();
    case 1:
      return steps.startJob();
    case 2:
      return steps.rollOut();
    case 3:
      return steps.cleanJob();
    default:
      return somethingElse(steps, random());
  }
}

function somethingElse(steps: ActivitySteps, chance: number): void {
  if (chance < 0.4) return steps.changeConfig();
  return chance < 0.7 ? steps.losePod() : steps.changeLabel();
}
