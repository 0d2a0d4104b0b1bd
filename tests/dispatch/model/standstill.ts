import type { Checker } from "./checker.ts";
import { type HandlerConfig, matches } from "./handler-config.ts";
import type { ObjectRecord } from "./object-record.ts";
import { isFailing, type Sight } from "./sight.ts";
import { describe } from "./version.ts";

const LONGEST_WAIT_MS = 5 * 60_000;
/** Of sums of fractions. */
const ROUNDING_MS = 0.001;

/** After every step: nothing that could start is left lying, and nothing is held for nothing. */
export function checkStep(checker: Checker, sight: Sight): void {
  const slots = new Map(Array.from(sight.slots, (slot) => [slot.key, slot]));
  for (const record of checker.records.values()) {
    if (record.resource !== sight.config.resource || slots.has(record.key)) continue;
    checker.hold("D4", !checker.hasWork(record) && !record.again, `slot ${record.key} ended with work left`);
    record.parked = undefined;
    record.startOver();
  }
  checkStarts(checker, sight);
  checkMemory(checker, sight);
}

function checkStarts(checker: Checker, { config, now, health, paused, runs }: Sight): void {
  const heldBackMs = health.type === "healthy" ? 0 : health.retryInMs;
  checker.hold("D8", heldBackMs <= LONGEST_WAIT_MS + ROUNDING_MS, "the handler waits too long");
  checker.hold("D12", !isFailing(health) || checker.row.count >= 10, "failing for what an older revision did");
  checker.hold(
    "D12",
    health.type !== "quarantined" || checker.deaths >= 5,
    "quarantined for what an older revision did",
  );
  const capacity = paused || heldBackMs > 0 ? 0 : health.type === "healthy" ? config.concurrency : 1;
  if (runs.length >= capacity) return;
  const records = [...checker.records.values()];
  const repeatIsDue = ({ again }: ObjectRecord): boolean => again !== undefined && again.at <= now;
  const due = records.find((one) => !one.run && one.promised <= now && (checker.hasWork(one) || repeatIsDue(one)));
  const isDelayed = records.some((record) => record !== due && record.promised > now);
  checker.hold(isDelayed ? "D10" : "D8", !due, `${due?.key} is due, capacity is free, and nothing starts`);
}

function checkMemory(checker: Checker, { config, slots, passedLimit, runs }: Sight): void {
  let held = 0;
  let passed = 0;
  let count = 0;
  for (const { key, phase, generations, handled } of slots) {
    const record = checker.record(key);
    const isBusy = record.run ?? record.parked ?? record.again ?? (checker.hasWork(record) || owesLife(record, config));
    checker.hold("D11", !!isBusy && phase.type !== "unsettled", `slot ${key} is ${phase.type} with nothing to do`);
    checker.hold("D11", generations.filter(({ gone }) => !gone).length <= 1, `two living generations of ${key}`);
    count++;
    held += generations.length;
    passed += generations.filter(({ gone, begun }, index) => gone && !begun && !(index === 0 && handled)).length;
  }
  checker.hold("D11", passed <= passedLimit, `${passed} objects that came and went are held`);
  checker.hold("D11", held <= passedLimit + 2 * count + runs.length, `${held} versions are held`);
}

/** An object that came and went is still to be told. */
function owesLife({ lives }: ObjectRecord, config: HandlerConfig): boolean {
  return lives.values().some(({ gone, deleted, last }) => gone && !deleted && matches(config, last));
}

/** After the world has stood still until nothing was left to do. */
export function checkQuiet(checker: Checker, sight: Sight): void {
  const { config, slots } = sight;
  for (const record of checker.records.values()) {
    const { key, resource, finished, lives } = record;
    checker.hold("D4", !record.run && !record.again, `${key}: a run or a repeat is left`);
    if (resource !== config.resource) {
      checker.hold("D12", !finished, `${key} belongs to the old resource`);
      continue;
    }
    const now = sight.cached(key);
    const text = `${key}: finished ${describe(finished)}, now ${describe(now)}`;
    checker.hold(now ? "D4" : "D5", !checker.hasWork(record), text);
    for (const [uid, { gone, added, deleted, exempt, last }] of lives) {
      const counts = gone && !exempt && matches(config, last);
      checker.hold("D5", !counts || (added && deleted), `${uid} came and went untold`);
    }
  }
  for (const { key, phase } of slots) checker.hold("D11", phase.type === "parked", `slot ${key} is left ${phase.type}`);
}
