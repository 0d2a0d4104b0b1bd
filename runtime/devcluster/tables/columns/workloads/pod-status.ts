/** What the pod columns Ready, Status and Restarts say, by the rules of kubectl's users' most read table. */
import type { ApiObject } from "../../../api-object.ts";
import { ageOf } from "../../cells/human-duration.ts";
import { conditionOf, hasAt, hasCondition, isTrueAt, listAt, numberAt, textAt } from "../../cells/object-fields.ts";

export interface PodStatus {
  readonly ready: number;
  readonly total: number;
  readonly reason: string;
  readonly restarts: Restarts;
}

interface Restarts {
  readonly count: number;
  /** `""`: never. */
  readonly lastAt: string;
}

interface InitProgress {
  readonly reason: string | undefined;
  readonly ready: number;
}

export function podStatus(pod: ApiObject): PodStatus {
  const restartable = new Set(
    listAt(pod, "spec.initContainers").flatMap((container) =>
      isRestartable(container) ? [textAt(container, "name")] : [],
    ),
  );
  const init = initProgress(pod, restartable);
  const initStatuses = listAt(pod, "status.initContainerStatuses");
  const statuses = listAt(pod, "status.containerStatuses");
  const isStarting = init.reason !== undefined && !hasCondition(pod, "Initialized");
  const counted = initStatuses.filter((status) => restartable.has(textAt(status, "name")));
  return {
    ready: init.ready + (isStarting ? 0 : statuses.filter(isServing).length),
    total: listAt(pod, "spec.containers").length + restartable.size,
    reason:
      endReason(pod) ?? (isStarting ? (init.reason ?? "") : containersReason(pod, init.reason ?? phaseReason(pod))),
    restarts: isStarting ? restartsOf(initStatuses) : restartsOf([...counted, ...statuses]),
  };
}

/** `3`, `3 (5s ago)`. */
export function restartsText({ count, lastAt }: Restarts, now: number): string {
  return count > 0 && lastAt !== "" ? `${count} (${ageOf(lastAt, now)} ago)` : String(count);
}

function isRestartable(container: unknown): boolean {
  return textAt(container, "restartPolicy") === "Always";
}

/** A deleted pod says so, whatever its containers do. */
function endReason(pod: ApiObject): string | undefined {
  if (pod.metadata.deletionTimestamp === undefined) return undefined;
  if (textAt(pod, "status.reason") === "NodeLost") return "Unknown";
  return ["Failed", "Succeeded"].includes(textAt(pod, "status.phase")) ? undefined : "Terminating";
}

function phaseReason(pod: ApiObject): string {
  if (textAt(conditionOf(pod, "PodScheduled"), "reason") === "SchedulingGated") return "SchedulingGated";
  return textAt(pod, "status.reason") || textAt(pod, "status.phase");
}

/** Init containers run one after another: the first that is not done tells the reason. */
function initProgress(pod: ApiObject, restartable: ReadonlySet<string>): InitProgress {
  let ready = 0;
  for (const [index, status] of listAt(pod, "status.initContainerStatuses").entries()) {
    if (hasAt(status, "state.terminated") && numberAt(status, "state.terminated.exitCode") === 0) continue;
    if (restartable.has(textAt(status, "name")) && isTrueAt(status, "started")) {
      if (isTrueAt(status, "ready")) ready++;
      continue;
    }
    return { ready, reason: `Init:${initReason(pod, status, index)}` };
  }
  return { ready, reason: undefined };
}

function initReason(pod: ApiObject, status: unknown, index: number): string {
  if (hasAt(status, "state.terminated")) return terminatedReason(status);
  const waiting = textAt(status, "state.waiting.reason");
  if (waiting !== "" && waiting !== "PodInitializing") return waiting;
  return `${index}/${listAt(pod, "spec.initContainers").length}`;
}

/** The first container that waits or has ended tells the reason. */
function containersReason(pod: ApiObject, otherwise: string): string {
  const statuses = listAt(pod, "status.containerStatuses");
  const reason = statuses.map(containerReason).find((found) => found !== undefined) ?? otherwise;
  if (reason !== "Completed" || !statuses.some(isServing)) return reason;
  return hasCondition(pod, "Ready") ? "Running" : "NotReady";
}

function containerReason(status: unknown): string | undefined {
  const waiting = textAt(status, "state.waiting.reason");
  if (waiting !== "") return waiting;
  return hasAt(status, "state.terminated") ? terminatedReason(status) : undefined;
}

function terminatedReason(status: unknown): string {
  const reason = textAt(status, "state.terminated.reason");
  if (reason !== "") return reason;
  const signal = numberAt(status, "state.terminated.signal");
  return signal === 0 ? `ExitCode:${numberAt(status, "state.terminated.exitCode")}` : `Signal:${signal}`;
}

function isServing(status: unknown): boolean {
  return containerReason(status) === undefined && isTrueAt(status, "ready") && hasAt(status, "state.running");
}

function restartsOf(statuses: readonly unknown[]): Restarts {
  const ends = statuses.map((status) => textAt(status, "lastState.terminated.finishedAt"));
  return {
    count: statuses.reduce<number>((sum, status) => sum + numberAt(status, "restartCount"), 0),
    lastAt: ends.sort().at(-1) ?? "",
  };
}
