import type { Run } from "#dispatch/ports.ts";
import type { HandlerConfig } from "./handler-config.ts";
import type { Version } from "./version.ts";

/** What is known about one life of an object. */
export interface Life {
  last: Version;
  gone: boolean;
  /** The informer has lost it to a selector of the server. */
  left: boolean;
  added: boolean;
  deleted: boolean;
  /** Out of scope at some time, or forgotten above the limit: it need not be told. */
  exempt: boolean;
}

/** What the checker knows about one name: what was finished, and what may be told next and when. */
export class ObjectRecord {
  readonly key: string;
  readonly resource: HandlerConfig["resource"];
  finished: Version | undefined;
  run: Run | undefined;
  /** What the run in flight carries. */
  carried: Version | undefined;
  /** What was so when it started. */
  atStart = { toldNews: false, ofGone: false, coversRepeat: false };
  /** The run in flight counts for nobody. */
  forgotten = false;
  parked: Version | undefined;
  again: { readonly cause: "requeue" | "resync"; readonly at: number } | undefined;
  attempt = 1;
  /** Nothing may start before. */
  promised = 0;
  /** `type uid resourceVersion` of the last success. */
  lastDone: string | undefined;
  lastSeq = 0;
  lastUid: string | undefined;
  readonly lives = new Map<string, Life>();

  constructor(key: string, resource: HandlerConfig["resource"]) {
    this.key = key;
    this.resource = resource;
  }

  life(version: Version): Life {
    const life = this.lives.get(version.uid) ?? {
      last: version,
      gone: false,
      left: false,
      added: false,
      deleted: false,
      exempt: false,
    };
    this.lives.set(version.uid, life);
    return life;
  }

  startOver(): void {
    this.attempt = 1;
    this.promised = 0;
  }

  /** A reload put it out of scope. */
  forget(): void {
    this.finished = this.again = this.parked = this.lastDone = this.lastUid = undefined;
    this.lastSeq = 0;
    this.forgotten = this.run !== undefined;
  }
}
