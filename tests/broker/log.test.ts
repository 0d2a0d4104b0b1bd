import assert from "node:assert/strict";
import { test } from "node:test";

import { broker, EVENT } from "../support/brokered-handler.ts";

test("a handler's record carries the handler's id, the event's and the object's key, whatever the handler writes", () => {
  const { capabilities, logged } = broker();
  const forged = { handler: "other", event: "other", level: "error" };
  capabilities.log({ level: "info", message: "pod added", fields: forged, event: EVENT });
  assert.deepEqual(logged, [
    {
      time: Date.UTC(2026, 0, 1),
      level: "info",
      msg: "pod added",
      fields: { handler: "pod-added", event: "uid-web/1/added", key: "prod/web" },
      data: forged,
    },
  ]);
});

test("a record that is written outside of any event has no event", () => {
  const { capabilities, logged } = broker();
  capabilities.log({ level: "warn", message: "loaded", fields: {}, event: undefined });
  assert.deepEqual(logged[0]?.fields, { handler: "pod-added" });
});
