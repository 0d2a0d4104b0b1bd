/**
 * Watches one dispatcher from outside, keeps its own ledger of what was finished, and names every broken invariant.
 * It knows the rules from their wording, not from the code that follows them.
 */
import type { EventType, Outcome, Run, Verdict } from "#dispatch/ports.ts";
import type { Slot } from "#dispatch/slot.ts";
import { Fairness, queuedLanes } from "./fairness.ts";
import { inNamespaces, listens, matches, repeatType } from "./handler-config.ts";
import type { Invariant, Violation } from "./invariants.ts";
import { ObjectRecord } from "./object-record.ts";
import { brokenRule } from "./one-rule.ts";
import { isFailing, type Sight } from "./sight.ts";
import type { VersionChange } from "./simulated-informer.ts";
import { describe, eventName, readVersion, same, type Version } from "./version.ts";

const FAILURES: readonly Outcome["type"][] = ["failed", "timedOut", "crashed"];

export class Checker {
  readonly violations: Violation[] = [];
  readonly records = new Map<string, ObjectRecord>();
  readonly counts = { runs: 0, silent: 0, retries: 0, deadLetters: 0, repeats: 0, forgotten: 0 };
  readonly #fairness = new Fairness();
  readonly #sight: Sight;
  /** Failures in a row. */
  row = { count: 0, objects: new Set<string>() };
  /** Deaths of the process that serves the newest revision. */
  deaths = 0;

  constructor(sight: Sight) {
    this.#sight = sight;
  }

  hold(invariant: Invariant, condition: boolean, text: string): void {
    if (!condition) this.violations.push({ invariant, text });
  }

  record(key: string, resource = this.#sight.config.resource): ObjectRecord {
    const name = `${resource}/${key}`;
    const record = this.records.get(name) ?? new ObjectRecord(key, resource);
    this.records.set(name, record);
    return record;
  }

  /** Whether anything is left to be told of it. */
  hasWork(record: ObjectRecord): boolean {
    const { config } = this.#sight;
    const now = record.resource === config.resource ? this.#sight.cached(record.key) : undefined;
    if (record.parked && same(record.parked, now)) return false;
    return !same(record.finished, now && matches(config, now) ? now : undefined);
  }

  met(version: Version): void {
    this.record(version.key).life(version).last = version;
  }

  changed(key: string, { before, after, last, left }: Omit<VersionChange, "key" | "relist">): void {
    const record = this.record(key);
    if (record.parked) {
      record.parked = undefined;
      record.startOver();
    }
    if (before && before.uid !== after?.uid)
      Object.assign(record.life(before), { gone: !left, left, last: last ?? before });
    if (after) Object.assign(record.life(after), { left: false, last: after });
  }

  resyncing(): void {
    const { config, now, slots } = this.#sight;
    if (!repeatType(config)) return;
    const busy = new Set(Array.from(slots, ({ key }) => key));
    for (const record of this.records.values()) {
      if (record.resource !== config.resource || busy.has(record.key) || record.run || record.again) continue;
      if (record.finished && !record.parked && !this.hasWork(record)) record.again = { cause: "resync", at: now };
    }
  }

  skipped(version: Version): void {
    const record = this.record(version.key);
    const isNew = record.finished === undefined;
    this.hold("D12", this.#sight.config.initial === "skip" && isNew, `${version.key} counts as finished without a run`);
    record.finished = version;
    record.life(version).added = true;
  }

  silent(type: EventType, version: Version): void {
    const record = this.record(version.key);
    this.counts.silent++;
    const isHeard = listens(this.#sight.config, type, record.finished, version);
    this.hold("D3", !isHeard, `${type} of ${describe(version)} finished silently although the handler listens`);
    this.#checkRule(record, type, version, record.finished);
    this.#moveFinished(record, type, version);
    record.lastDone = undefined;
  }

  forgotten(key: string, uid: string): void {
    this.counts.forgotten++;
    const life = this.record(key).lives.get(uid);
    this.hold("D5", life?.gone === true, `${key} ${uid} forgotten although it exists`);
    if (life) life.exempt = true;
  }

  replayed(key: string): void {
    const record = this.record(key);
    record.parked = undefined;
    record.startOver();
  }

  started(run: Run, lane: Slot["lane"]): void {
    const { config, now, revision, runs, slots } = this.#sight;
    const {
      type,
      object: { key },
      attempt,
      cause,
      resource,
    } = run.delivery;
    const object = readVersion(run.delivery.object);
    const old = run.delivery.old && readVersion(run.delivery.old);
    const record = this.record(key, resource.plural === "pods" ? "pods" : "deployments");
    this.counts.runs++;
    this.hold("D1", !record.run, `second run of ${key}`);
    this.hold("D1", runs.length <= (this.#sight.health.type === "healthy" ? config.concurrency : 1), "too many runs");
    this.hold("D12", resource.plural === config.resource && run.revision === revision, "run on the wrong code");
    this.hold("D12", inNamespaces(config, key), "event outside the namespaces");
    if (object.uid !== record.lastUid) record.startOver();
    this.hold("D13", !record.parked, `${key} is parked and starts`);
    this.hold("D8", now >= record.promised, `${key} starts before its wait is over`);
    this.hold("D13", attempt === record.attempt, `attempt of ${key} is ${attempt}, must be ${record.attempt}`);
    this.hold("D2", object.seq >= record.lastSeq, `${key} goes back in time`);
    const isUnchanged = same(object, record.finished) && (type === "added" || type === "updated");
    const repeat = record.again && record.again.at <= now ? record.again : undefined;
    this.hold("D6", !isUnchanged || repeat?.cause === cause, `${type} of unchanged ${key} (${cause})`);
    this.hold(
      "D7",
      !!repeat || eventName(type, object) !== record.lastDone,
      `${record.lastDone} again after its success`,
    );
    if (isUnchanged) this.counts.repeats++;
    else {
      this.hold(
        "D3",
        listens(config, type, old, object),
        `${type} of ${key} is told although the handler does not listen`,
      );
      this.#checkRule(record, type, object, old);
    }
    this.hold("D2", same(object, record.life(object).last), `${key} is not told its newest version`);
    const unfair = this.#fairness.judge(lane, queuedLanes(slots));
    this.hold("D9", unfair === undefined, unfair ?? "");
    record.atStart = {
      toldNews: !isUnchanged,
      ofGone: this.#sight.cached(key)?.uid !== object.uid,
      coversRepeat: repeat !== undefined,
    };
    Object.assign(record, { run, carried: object, lastUid: object.uid, lastSeq: object.seq });
  }

  ended(run: Run, outcome: Outcome, verdict: Verdict): void {
    const { now, revision } = this.#sight;
    const {
      type,
      object: { key },
      resource,
    } = run.delivery;
    const record = this.record(key, resource.plural === "pods" ? "pods" : "deployments");
    record.run = undefined;
    if (run.revision === revision) this.#checkHealth(key, outcome);
    const isForgotten = record.forgotten;
    record.forgotten = false;
    this.hold("D12", isForgotten === (verdict.type === "forgotten"), `the end of ${key} counts: ${verdict.type}`);
    if (isForgotten) return;
    if (verdict.type === "retry") return this.#retried(run, outcome, verdict, record);
    if (verdict.type === "dead") return this.#died(run, outcome, record);
    const version = record.carried ?? readVersion(run.delivery.object);
    const isDone = outcome.type === "done" || outcome.type === "skipped";
    this.hold("D3", isDone, `${outcome.type} counts as finished`);
    if (outcome.type === "done" || record.atStart.coversRepeat) record.again = undefined;
    const hearsRepeats = repeatType(this.#sight.config) !== undefined;
    if (outcome.type === "done" && outcome.requeueAfterMs !== undefined && hearsRepeats) {
      record.again = { cause: "requeue", at: now + outcome.requeueAfterMs };
    }
    this.#moveFinished(record, type, version);
    record.startOver();
    record.lastDone = eventName(type, version);
  }

  #checkRule(record: ObjectRecord, type: EventType, object: Version, old: Version | undefined): void {
    const { gone, left } = record.life(object);
    const broken = brokenRule({ type, object, old, finished: record.finished, gone, left }, this.#sight.config);
    if (broken) this.violations.push(broken);
  }

  #moveFinished(record: ObjectRecord, type: EventType, object: Version): void {
    const life = record.life(object);
    const leaves = type === "deleted" || type === "unselected";
    record.finished = leaves ? undefined : object;
    if (type === "deleted") life.deleted = true;
    else life.added = true;
    if (!leaves) return;
    record.again = undefined;
    record.startOver();
  }

  #checkHealth(key: string, { type }: Outcome): void {
    if (type === "done") this.row = { count: 0, objects: new Set() };
    if (FAILURES.includes(type)) {
      this.row.count++;
      this.row.objects.add(key);
    }
    const { count, objects } = this.row;
    this.hold("D13", !isFailing(this.#sight.health) || count >= 10, "failing without ten failures in a row");
    this.hold(
      "D13",
      isFailing(this.#sight.health) || count < 10 || objects.size < 3,
      "not failing after ten failures in a row",
    );
    const isQuarantined = this.#sight.health.type === "quarantined";
    this.hold("D13", !isQuarantined || this.deaths >= 5, "quarantined without five deaths");
  }

  #retried(run: Run, outcome: Outcome, { inMs }: Verdict & { type: "retry" }, record: ObjectRecord): void {
    this.counts.retries++;
    this.hold("D12", FAILURES.includes(outcome.type) || outcome.type === "innocent", `${outcome.type} is tried again`);
    if (run.revision !== this.#sight.revision) return record.startOver();
    if (outcome.type !== "innocent" && !isFailing(this.#sight.health)) record.attempt++;
    record.promised = this.#sight.now + inMs;
    if (outcome.type !== "failed" || outcome.retryAfterMs === undefined) return;
    this.hold("D8", Math.abs(inMs - outcome.retryAfterMs) < 0.001, "RetryAfter does not set the wait");
  }

  #died(run: Run, outcome: Outcome, record: ObjectRecord): void {
    const { config, revision } = this.#sight;
    const { attempt } = run.delivery;
    const object = record.carried ?? readVersion(run.delivery.object);
    const life = record.life(object);
    this.counts.deadLetters++;
    const isLast = attempt >= config.attempts && !isFailing(this.#sight.health) && run.revision === revision;
    this.hold("D13", outcome.type === "permanent" || isLast, `dead letter of ${record.key} after ${attempt} attempts`);
    const { toldNews, ofGone } = record.atStart;
    record.again = undefined;
    const isNewest = toldNews && same(life.last, object);
    record.parked = isNewest && !ofGone && !life.gone ? object : undefined;
    if (isNewest && ofGone && this.#sight.cached(record.key)?.uid !== object.uid) {
      if (life.gone) life.added = life.deleted = true;
      record.finished = undefined;
    }
    record.startOver();
  }
}
