import assert from "node:assert/strict";
import { test } from "node:test";
import type { Delivery } from "#dispatch/ports.ts";
import { guestEventOf } from "#supervisor/guest-event.ts";
import { PODS } from "../support/dispatch-bench.ts";
import { TickingCache } from "../support/ticking-cache.ts";

function delivery(fields: Partial<Delivery>): Delivery {
  const object = new TickingCache().object({ key: "default/web", uid: "u1", resourceVersion: "7" });
  return {
    id: "u1/7/updated",
    type: "updated",
    resource: PODS,
    object,
    old: undefined,
    finalStateUnknown: false,
    cause: "live",
    attempt: 2,
    observedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    ...fields,
  };
}

test("guest event carries the event's fields as a header and the objects as their bytes", () => {
  const old = new TickingCache().object({ key: "default/web", uid: "u1", resourceVersion: "6" });
  const event = guestEventOf(delivery({ old }));
  assert.deepEqual(event.header, {
    id: "u1/7/updated",
    type: "updated",
    resource: PODS,
    key: { namespace: "default", name: "web", uid: "u1" },
    cause: "live",
    attempt: 2,
    observedAt: "2026-01-02T03:04:05.006Z",
  });
  assert.deepEqual(event.key, { id: "u1/7/updated", namespace: "default", name: "web" });
  assert.match(Buffer.from(event.object).toString(), /"resourceVersion":"7"/);
  assert.match(Buffer.from(event.old ?? []).toString(), /"resourceVersion":"6"/);
});

test("guest event of a delete says whether the final state is known, others do not", () => {
  const deleted = guestEventOf(delivery({ type: "deleted", finalStateUnknown: true }));
  assert.equal(deleted.header["finalStateUnknown"], true);
  assert.equal("finalStateUnknown" in guestEventOf(delivery({})).header, false);
});
