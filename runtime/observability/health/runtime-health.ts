/**
 * Whether the runtime lives, has started and may be given work, with the reasons: what the probes of a pod ask for.
 * A handler that does badly makes nothing here fail: a restart would not help it, and the others go on.
 */
import { jsonAnswer, type Answer, type Endpoints } from "../http/endpoint.ts";
import type { Version } from "../version.ts";
import type { HealthSources } from "./health-sources.ts";

/** Where the runtime is, in this order. */
type Stage =
  /** The handlers are read for the first time. */
  | "loading"
  /** They are somewhere else and have not come yet: a restart would not bring them. */
  | "waiting"
  | "starting"
  /** Every handler is live, or it is known why it is not. */
  | "ready"
  | "stopping";

const REASONS: Readonly<Record<Stage, string>> = {
  loading: "the handlers are being loaded",
  waiting: "the handlers are waited for: their ConfigMaps have not been read yet",
  starting: "the handlers are loaded, and not each of them is live or known to be degraded or failed",
  ready: "ready",
  stopping: "stopping",
};

const STAGES: readonly Stage[] = ["loading", "waiting", "starting", "ready", "stopping"];

export class RuntimeHealth {
  readonly #version: Version;
  readonly #sources: HealthSources;
  #stage: Stage = "loading";
  #waitingBecause: string | undefined;

  constructor(version: Version, sources: HealthSources) {
    this.#version = version;
    this.#sources = sources;
  }

  get isReady(): boolean {
    return this.#stage === "ready";
  }

  /** Goes on to a later stage; an earlier one is never gone back to. */
  reached(stage: Stage): void {
    if (STAGES.indexOf(stage) > STAGES.indexOf(this.#stage)) this.#stage = stage;
  }

  /** The handlers are somewhere else. @param reason why they have not come */
  waiting(reason?: string): void {
    this.#waitingBecause = reason;
    this.reached("waiting");
  }

  get endpoints(): Endpoints {
    return new Map([
      ["/healthz", () => this.#alive()],
      ["/readyz", () => this.#report(this.isReady)],
      ["/startupz", () => this.#report(this.#stage !== "loading")],
    ]);
  }

  /** That there is an answer is the answer: a restart cures nothing else. */
  #alive(): Answer {
    return jsonAnswer(200, { ok: true, reason: "the event loop answers", version: this.#version });
  }

  #report(ok: boolean): Answer {
    return jsonAnswer(ok ? 200 : 503, {
      ok,
      reason: this.#reason(),
      version: this.#version,
      apiServer: this.#sources.apiServer(),
      handlers: this.#sources.handlers(),
      informers: this.#sources.informers(),
    });
  }

  #reason(): string {
    const isToldWhy = this.#stage === "waiting" && this.#waitingBecause !== undefined;
    return isToldWhy ? `the handlers are waited for: ${this.#waitingBecause}` : REASONS[this.#stage];
  }
}
