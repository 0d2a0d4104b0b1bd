/**
 * Gives pods a node and a life: running within a second, gone within a second of their deletion, ended after a second or two
 * if they are not to run for ever. Nothing runs.
 */
import { textOf } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import { keyOf, type ApiObject } from "../../api-object.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { updateStatus } from "../../controllers/reconciling/update-status.ts";
import { NODE_NAME } from "./cluster-node.ts";
import { hasEnded, phaseOf, restartPolicyOf, wishOf } from "../workloads/pod-facts.ts";
import { crashing, creating, ended, running } from "./pod-status.ts";
import { StepTimes } from "./step-times.ts";
import { timestamp } from "../../timestamp.ts";

const START_MS = { from: 150, to: 700 };
const END_MS = { from: 100, to: 800 };
const JOB_MS = { from: 700, to: 1_500 };
const CRASH_MS = { from: 5_000, to: 10_000 };

export function startSimulatedKubelet(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock, random } = parts;
  const times = new StepTimes({ clock, random });
  let addresses = 0;
  const nextAddress = (): string => `10.244.${(++addresses >> 8) & 255}.${addresses & 255}`;

  /** Does the pod's next step if it is due. Returns the milliseconds until it is. */
  const step = (pod: ApiObject): number | undefined => {
    const now = timestamp(clock.now());
    const set = (status: object): undefined => void updateStatus(client, "pods", pod, { ...status });
    if (pod.metadata.deletionTimestamp !== undefined)
      return times.after(pod, "end", END_MS, () => {
        const last = hasEnded(pod) ? pod : updateStatus(client, "pods", pod, ended(pod, now, 0));
        client.delete("pods", last, { gracePeriodSeconds: 0 });
      });
    if (hasEnded(pod)) return undefined;
    if (textOf(pod["status"], "startTime") === undefined) return set(creating(pod, now));
    const isCrashing = wishOf(pod) === "crash";
    const isRestarted = restartPolicyOf(pod) === "Always" || (isCrashing && restartPolicyOf(pod) === "OnFailure");
    if (phaseOf(pod) === "Pending")
      return times.after(pod, "start", START_MS, () =>
        set(isCrashing && isRestarted ? crashing(pod, now, nextAddress()) : running(pod, now, nextAddress())),
      );
    if (!isRestarted) return times.after(pod, "complete", JOB_MS, () => set(ended(pod, now, isCrashing ? 1 : 0)));
    if (!isCrashing) return undefined;
    return times.after(pod, "crash", CRASH_MS, () => set(crashing(pod, now, textOf(pod["status"], "podIP") ?? "")));
  };

  runReconciler(
    parts,
    {
      name: "simulated-kubelet",
      watches: ["pods"],
      keysOf({ type, object }) {
        if (textOf(object["spec"], "nodeName") !== NODE_NAME) return [];
        if (type !== "DELETED") return [keyOf(object)];
        times.forget(object);
        return [];
      },
      reconcile(key) {
        const pod = client.get("pods", parseKey(key));
        return pod && step(pod);
      },
    },
    signal,
  );
}
