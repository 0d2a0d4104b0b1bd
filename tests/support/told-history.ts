import assert from "node:assert/strict";

/** One event as a handler was told it. */
export interface Told {
  readonly type: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/**
 * The objects that are left after these events, as `name@resourceVersion`. Fails unless they make a history: each object
 * comes once, changes forwards and goes once, and a name that comes again has gone before.
 */
export function stateAfter(told: readonly Told[]): string[] {
  const state = new Map<string, Told>();
  const gone = new Set<string>();
  for (const event of told) {
    const before = state.get(event.name);
    const context = `${JSON.stringify(event)} after ${JSON.stringify(before)}`;
    assert.ok(!gone.has(event.uid), `it had gone: ${context}`);
    if (event.type === "added") assert.equal(before, undefined, `it was there: ${context}`);
    else assert.equal(before?.uid, event.uid, `it was not there: ${context}`);
    if (before) assert.ok(Number(event.resourceVersion) >= Number(before.resourceVersion), `it goes back: ${context}`);
    if (event.type === "updated") assert.notEqual(event.resourceVersion, before?.resourceVersion, `again: ${context}`);
    if (event.type === "deleted") gone.add(event.uid);
    if (event.type === "deleted") state.delete(event.name);
    else state.set(event.name, event);
  }
  return [...state.values()].map(({ name, resourceVersion }) => `${name}@${resourceVersion}`).sort();
}
