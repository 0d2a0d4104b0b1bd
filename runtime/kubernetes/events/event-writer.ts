/** Brings one series to the cluster: creates its Event or counts in it, and tries again what may yet succeed. */
import { Backoff } from "#kernel/backoff.ts";
import { type Clock, sleep } from "#kernel/clock.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import type { ObjectAnswer, ObjectClient } from "../object-client.ts";
import type { RequestFailure } from "../request-failure.ts";
import type { EventSeries } from "./event-correlator.ts";
import { eventChange, eventNamespace, eventObject } from "./event-object.ts";

export interface EventWriterDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly objects: Pick<ObjectClient, "create" | "patch">;
}

export type Written =
  | { readonly type: "written" }
  | { readonly type: "failed"; readonly verb: "create" | "patch"; readonly failure: RequestFailure };

const EVENTS: ApiResource = {
  group: "",
  version: "v1",
  plural: "events",
  singular: "event",
  kind: "Event",
  shortNames: ["ev"],
  namespaced: true,
  verbs: ["create", "patch"],
};

const MAX_TRIES = 5;
const BACKOFF = { baseMs: 1_000, maxMs: 10_000, jitter: 1 };

/** @param instance which runtime says it. Rejects only when `signal` aborts. */
export async function writeEvent(
  deps: EventWriterDeps,
  series: EventSeries,
  instance: string,
  signal: AbortSignal,
): Promise<Written> {
  const backoff = new Backoff({ ...BACKOFF, random: deps.random });
  for (let tries = 1; ; tries++) {
    const written = await writeOnce(deps.objects, series, instance, signal);
    if (written.type === "written" || tries === MAX_TRIES || !mayYetSucceed(written.failure)) return written;
    await sleep(deps.clock, Math.max(backoff.next(), askedWaitMs(written.failure)), signal);
  }
}

async function writeOnce(
  objects: EventWriterDeps["objects"],
  series: EventSeries,
  instance: string,
  signal: AbortSignal,
): Promise<Written> {
  const scope = { resource: EVENTS, namespace: eventNamespace(series.event) };
  if (series.isInCluster) {
    const patched = await objects.patch({ ...scope, name: series.name }, eventChange(series), "merge", signal);
    // Its time was up: the API server has forgotten it.
    if (!hasReason(patched, "NotFound")) return writtenBy("patch", patched);
  }
  const created = await objects.create(scope, eventObject(series, instance), signal);
  // An earlier try whose answer was lost.
  const written = hasReason(created, "AlreadyExists") ? WRITTEN : writtenBy("create", created);
  series.isInCluster = written.type === "written";
  return written;
}

const WRITTEN: Written = { type: "written" };

function writtenBy(verb: "create" | "patch", answer: ObjectAnswer): Written {
  return answer.type === "object" ? WRITTEN : { type: "failed", verb, failure: answer };
}

function hasReason(answer: ObjectAnswer, reason: string): boolean {
  return answer.type === "status" && answer.reason === reason;
}

function mayYetSucceed(failure: RequestFailure): boolean {
  if (failure.type === "status") return failure.code === 429 || failure.code >= 500;
  return failure.type === "unreachable";
}

/** No longer than our own longest wait: what comes later matters more than this Event. */
function askedWaitMs(failure: RequestFailure): number {
  if (failure.type !== "status") return 0;
  return Math.min((failure.retryAfterSeconds ?? 0) * 1_000, BACKOFF.maxMs);
}
