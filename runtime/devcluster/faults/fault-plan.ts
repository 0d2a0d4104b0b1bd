import type { Clock } from "#kernel/clock.ts";
import { resourceName } from "#resources/api-resource.ts";
import type { InterceptedRequest, Interception, Interceptor, ResponseStream } from "../http/interceptor.ts";
import { CONTROL_PATH } from "../http/ports.ts";
import { answerInstead } from "./answer-instead.ts";
import { bodyFaultStream } from "./body-fault-stream.ts";
import type { Fault, FaultRule, RequestMatch } from "./fault.ts";
import { OpenWatches } from "./open-watches.ts";
import { WatchFaultStream } from "./watch-fault-stream.ts";

interface Planned {
  readonly rule: FaultRule;
  /** Requests that it matched so far. */
  seen: number;
}

/** The faults that are to come. A request meets the first rule that matches and is not used up. */
export class FaultPlan implements Interceptor {
  readonly #clock: Clock;
  readonly #watches = new OpenWatches();
  readonly #planned = new Set<Planned>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns how to take it back. */
  add(rule: FaultRule): () => void {
    const planned: Planned = { rule, seen: 0 };
    this.#planned.add(planned);
    return () => void this.#planned.delete(planned);
  }

  clear(): void {
    this.#planned.clear();
  }

  /** Ends every watch that runs now; `reset`: with a TCP RST. */
  dropWatches(reset = false): void {
    this.#watches.drop(reset);
  }

  intercept(request: InterceptedRequest): Interception | undefined {
    // Faults that nobody could take back.
    if (request.info.path.startsWith(CONTROL_PATH)) return undefined;
    const fault = this.#next(request);
    const isWatch = request.info.verb === "watch";
    if (!fault) return isWatch ? { wrap: (stream) => this.#watches.follow(stream) } : undefined;
    const interception = this.#interception(fault);
    if (!isWatch) return interception;
    const { wrap = (stream: ResponseStream): ResponseStream => stream } = interception;
    return { ...interception, wrap: (stream) => wrap(this.#watches.follow(stream)) };
  }

  #next(request: InterceptedRequest): Fault | undefined {
    for (const planned of this.#planned) {
      const { match = {}, after = 0, times = 1, fault } = planned.rule;
      if (!matches(request, match)) continue;
      planned.seen++;
      if (times !== "always" && planned.seen >= after + times) this.#planned.delete(planned);
      if (planned.seen > after) return fault;
    }
    return undefined;
  }

  #interception(fault: Fault): Interception {
    switch (fault.type) {
      case "delay":
        return { delayMs: fault.ms };
      case "status":
      case "hangUp":
      case "stall":
        return { answer: answerInstead(fault) };
      case "cut":
      case "drip":
      case "split":
        return { wrap: (stream) => bodyFaultStream(fault, stream, this.#clock) };
      case "stop":
      case "error":
      case "line":
      case "skip":
      case "duplicate":
      case "backwards":
      case "noNewline":
      case "crlf":
      case "bookmarksOnly":
      case "noInitialEventsEnd":
      case "bookmarkAhead":
        return { wrap: (stream) => new WatchFaultStream(fault, stream) };
    }
  }
}

function matches({ info, userAgent }: InterceptedRequest, match: RequestMatch): boolean {
  const resource = info.type === "resource" ? resourceName(info) : undefined;
  return (
    (match.verb === undefined || match.verb === info.verb) &&
    (match.resource === undefined || match.resource === resource) &&
    (match.path === undefined || info.path.startsWith(match.path)) &&
    (match.userAgent === undefined || userAgent.includes(match.userAgent))
  );
}
