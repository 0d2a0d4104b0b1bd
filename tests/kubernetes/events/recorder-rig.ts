import type { ObjectAnswer, ObjectClient } from "#kubernetes/object-client.ts";
import type { RecordedEvent } from "#kubernetes/event-recorder.ts";
import { ClusterEventRecorder } from "#kubernetes/events/cluster-event-recorder.ts";
import { fieldOf, numberOf, textOf } from "#kernel/json-value.ts";
import { FakeClock, settle } from "../../support/fake-clock.ts";
import { RecordingLogger } from "../../support/recording-logger.ts";

export const MINUTE = 60_000;

const OK: ObjectAnswer = { type: "object", object: {} };

export function failed(code: number, reason: string, retryAfterSeconds?: number): ObjectAnswer {
  return { type: "status", code, reason, message: `${reason} it is`, causes: [], retryAfterSeconds };
}

export const UNREACHABLE: ObjectAnswer = { type: "unreachable", code: "ECONNREFUSED", message: "refused" };

export function podEvent(message: string, { reason = "HandlerFailing", pod = "informd-1" } = {}): RecordedEvent {
  const regarding = { apiVersion: "v1", kind: "Pod", namespace: "ops", name: pod, uid: `uid of ${pod}` };
  return { regarding, type: "Warning", reason, message };
}

/** A recorder on an API server that answers as told, and keeps what was sent: `create 1 text`, `patch 2 text`. */
export class RecorderRig {
  readonly clock = new FakeClock();
  readonly logger = new RecordingLogger();
  readonly sent: string[] = [];
  readonly bodies: unknown[] = [];
  readonly names: string[] = [];
  /** For the next requests, in their order; then everything goes well. */
  readonly answers: ObjectAnswer[] = [];
  /** While it is there, requests wait for it. */
  held: PromiseWithResolvers<void> | undefined;
  readonly recorder: ClusterEventRecorder;

  constructor({ silent = false } = {}) {
    const objects: Pick<ObjectClient, "create" | "patch"> = {
      create: (_target, object, signal) => this.#answer("create", object, namedIn(object), signal),
      patch: ({ name }, patch, _type, signal) => this.#answer("patch", patch, name, signal),
    };
    this.recorder = new ClusterEventRecorder(
      { clock: this.clock, random: () => 0, objects, logger: this.logger },
      { server: "https://api", instance: "informd-1", silent },
    );
  }

  async record(...events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) this.recorder.record(event);
    await settle();
  }

  async #answer(verb: string, body: unknown, name: string, signal: AbortSignal): Promise<ObjectAnswer> {
    this.sent.push(`${verb} ${numberOf(body, "count")} ${textOf(body, "message")}`);
    this.bodies.push(body);
    this.names.push(name);
    const aborted = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => aborted.reject(signal.reason));
    await Promise.race([this.held?.promise, aborted.promise]);
    return this.answers.shift() ?? OK;
  }
}

function namedIn(object: unknown): string {
  return textOf(fieldOf(object, "metadata"), "name") ?? "";
}
