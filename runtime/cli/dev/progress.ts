/** What takes long just now, as one line: loading handlers, reading a large cache, an API server that does not answer, runs. */
import type { Clock, Timer } from "#kernel/clock.ts";
import { numberOf, textOf } from "#kernel/json-value.ts";
import type { LogRecord } from "#observability/logger.ts";
import { duration } from "./dev-style.ts";
import type { RunGroups } from "./run-groups.ts";

export interface ProgressParts {
  readonly clock: Clock;
  readonly runs: Pick<RunGroups, "long" | "open">;
  /** `""`: nothing takes long. */
  readonly show: (text: string) => void;
}

type Stage =
  | { readonly type: "building"; readonly since: number }
  | { readonly type: "starting"; readonly handlers: number; readonly live: number }
  | { readonly type: "up" };

const LOOK_EVERY_MS = 250;
/** A cache that told nothing for this long is read, or its list has failed. */
const FORGET_READING_MS = 2000;

export class Progress {
  readonly #parts: ProgressParts;
  readonly #reading = new Map<string, { readonly objects: number; readonly at: number }>();
  #stage: Stage = { type: "up" };
  #cutOffSince: number | undefined;
  #next: Timer | undefined;
  #shown = "";

  constructor(parts: ProgressParts) {
    this.#parts = parts;
  }

  see({ msg, fields, data }: LogRecord): void {
    if (data === undefined) this.#note(msg, fields);
    // What is over must not stand there until the next look.
    if (this.#shown !== "") this.#show(this.#text(this.#parts.clock.monotonic()));
    this.#next ??= this.#parts.clock.setTimer(LOOK_EVERY_MS, () => this.#look());
  }

  close(): void {
    this.#next?.cancel();
    this.#show("");
  }

  #show(text: string): void {
    this.#shown = text;
    this.#parts.show(text);
  }

  #note(msg: string, fields: LogRecord["fields"]): void {
    const now = this.#parts.clock.monotonic();
    if (msg === "starting") this.#stage = { type: "building", since: now };
    if (msg === "handlers loaded") {
      this.#stage = { type: "starting", handlers: numberOf(fields, "handlers") ?? 0, live: 0 };
    }
    if (msg === "handler live" && this.#stage.type === "starting") {
      this.#stage = { ...this.#stage, live: this.#stage.live + 1 };
    }
    if (msg === "ready" || msg === "stopping") this.#stage = { type: "up" };
    if (msg === "API server unreachable") this.#cutOffSince = now;
    if (msg === "API server reachable" || msg === "stopping") this.#cutOffSince = undefined;
    if (msg === "informer reading") {
      this.#reading.set(textOf(fields, "resource") ?? "", { objects: numberOf(fields, "objects") ?? 0, at: now });
    }
  }

  /** Goes on for as long as there is something to look at. */
  #look(): void {
    const { clock, runs } = this.#parts;
    const now = clock.monotonic();
    for (const [resource, { at }] of this.#reading) {
      if (now - at > FORGET_READING_MS) this.#reading.delete(resource);
    }
    this.#show(this.#text(now));
    const goesOn = this.#stage.type !== "up" || this.#cutOffSince !== undefined || this.#reading.size + runs.open > 0;
    this.#next = goesOn ? clock.setTimer(LOOK_EVERY_MS, () => this.#look()) : undefined;
  }

  #text(now: number): string {
    const cutOff = this.#cutOffSince === undefined ? [] : [`no API server for ${duration(now - this.#cutOffSince)}`];
    const reading = Array.from(this.#reading, ([resource, { objects }]) => `reading ${resource}: ${objects} objects`);
    return [...cutOff, ...stageText(this.#stage, now), ...reading, ...this.#runsText()].join(" · ");
  }

  #runsText(): string[] {
    const [oldest, ...others] = this.#parts.runs.long;
    if (!oldest) return [];
    const { handler, key } = oldest.start.fields;
    const more = others.length === 0 ? "" : `, and ${others.length} more`;
    return [`${String(handler)} ${String(key)} running for ${duration(oldest.forMs)}${more}`];
  }
}

function stageText(stage: Stage, now: number): string[] {
  switch (stage.type) {
    case "building":
      return [`building the handlers, ${duration(now - stage.since)}`];
    case "starting":
      return [`starting handlers: ${stage.live} of ${stage.handlers} live`];
    case "up":
      return [];
  }
}
