/**
 * What becomes of handlers as Kubernetes Events, for people who look at the cluster. One for each change of state: what happens
 * within a state is the log's. A message holds nothing that a handler wrote: its errors may quote what it handles.
 */
import type { DispatchObserver, Health } from "#dispatch/ports.ts";
import type { EventRecorder, ObjectReference, RecordedEvent } from "#kubernetes/event-recorder.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";

export interface HandlerEventsDeps {
  readonly recorder: EventRecorder;
  /** What an Event about a handler regards. */
  readonly regarding: (handler: string) => ObjectReference;
}

type Told = Pick<RecordedEvent, "type" | "reason"> & { readonly says: string };

const FAILING: Told = {
  type: "Warning",
  reason: "HandlerFailing",
  says: 'fails: ten runs in a row did. One event at a time is tried until one succeeds. Its log records "handler failed" say why.',
};

const QUARANTINED: Told = {
  type: "Warning",
  reason: "HandlerQuarantined",
  says: 'is quarantined: its process died five times in a minute. It is started again at growing intervals. Its log records "handler crashed" and "handler timed out" say why.',
};

const RECOVERED: Told = { type: "Normal", reason: "HandlerRecovered", says: "runs again." };

export class HandlerEvents {
  readonly #deps: HandlerEventsDeps;
  readonly #degraded = new Set<string>();

  constructor(deps: HandlerEventsDeps) {
    this.#deps = deps;
  }

  get supervisorObserver(): Partial<SupervisorObserver> {
    return {
      degraded: ({ handler }, reason, serving) => {
        this.#degraded.add(handler);
        this.#record(handler, { type: "Warning", reason: "HandlerDegraded", says: degradedText(reason, serving) });
      },
      live: ({ handler }) => this.#recovered(handler),
      // The revision that waited was taken back.
      confirmed: ({ handler }) => this.#recovered(handler),
      removed: (handler) => void this.#degraded.delete(handler),
      renamed: (from, to) => void (this.#degraded.delete(from) && this.#degraded.add(to)),
    };
  }

  /** The runs of one handler. `handler` gives its present id. */
  dispatchObserver(handler: () => string): Partial<DispatchObserver> {
    let state: Health["type"] = "healthy";
    return {
      healthChanged: ({ type }) => {
        if (type === state) return;
        state = type;
        this.#record(handler(), toldOf(type));
      },
    };
  }

  #recovered(handler: string): void {
    if (this.#degraded.delete(handler)) this.#record(handler, RECOVERED);
  }

  #record(handler: string, { says, ...told }: Told): void {
    const { recorder, regarding } = this.#deps;
    recorder.record({ ...told, regarding: regarding(handler), message: `Handler "${handler}" ${says}` });
  }
}

function toldOf(type: Health["type"]): Told {
  switch (type) {
    case "healthy":
      return RECOVERED;
    case "failing":
      return FAILING;
    case "quarantined":
      return QUARANTINED;
  }
}

function degradedText(reason: string, serving: boolean): string {
  return serving ? `goes on with its older revision, the new one waits: ${reason}` : `does not run: ${reason}`;
}
