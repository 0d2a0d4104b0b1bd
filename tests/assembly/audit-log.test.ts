import assert from "node:assert/strict";
import { test } from "node:test";
import { AuditLog } from "#assembly/log/audit-log.ts";
import type { KubeWrite, RefusedCall } from "#broker/ports.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { podResource } from "../support/cluster-builders.ts";
import { RecordingLogger } from "../support/recording-logger.ts";

const MINUTE = 60_000;
const origin = { handler: "pod-added", event: { id: "u1/7/added", namespace: "prod", name: "web-1" } };

const write: KubeWrite = {
  action: "for messages",
  verb: "patch",
  target: { resource: podResource, namespace: "prod", name: "web-1", subresource: "status" },
  body: { secret: "hunter2" },
  result: "ok",
};

const refused: RefusedCall = {
  verb: "delete",
  resource: podResource,
  namespace: "prod",
  name: "web-1",
  reason: "not named",
};

function bench({ dryRun = false } = {}) {
  const [clock, logger] = [new FakeClock(), new RecordingLogger()];
  const audit = new AuditLog({ clock, logger }, { dryRun });
  return { clock, logger, audit, ...audit.told };
}

test("a write is a record with its place and its result, and without what was written", () => {
  const { logger, onWrite } = bench({ dryRun: true });
  onWrite(write, origin);
  assert.deepEqual(logger.lines, ["info kube write"]);
  assert.deepEqual(logger.fields, [
    {
      handler: "pod-added",
      event: "u1/7/added",
      verb: "patch",
      resource: "pods/status",
      namespace: "prod",
      name: "web-1",
      result: "ok",
      dryRun: true,
      audit: true,
    },
  ]);
});

test("a write of a cluster-scoped object without a name has neither field", () => {
  const { logger, onWrite } = bench();
  onWrite({ ...write, verb: "create", target: { resource: podResource, namespace: "" }, result: "Conflict" }, origin);
  const { resource, result, dryRun, namespace, name } = logger.fields[0] ?? {};
  assert.deepEqual([resource, result, dryRun, namespace, name], ["pods", "Conflict", false, undefined, undefined]);
});

test("a refused call is a record of its own, with the reason", () => {
  const { logger, onRefusal } = bench();
  onRefusal(refused, origin);
  assert.deepEqual(logger.lines, ["warn kube call refused"]);
  const { verb, resource, name, reason, audit } = logger.fields[0] ?? {};
  assert.deepEqual([verb, resource, name, reason, audit], ["delete", "pods", "web-1", "not named", true]);
});

test("a handler cannot fill the log with a long name", () => {
  const { logger, onRefusal } = bench();
  onRefusal({ ...refused, name: "n".repeat(100_000), reason: "r".repeat(100_000) }, origin);
  assert.ok(JSON.stringify(logger.fields).length < 3_000);
});

test("a flood of refusals is ten records, and their number at the end of the minute", async () => {
  const { clock, logger, onRefusal } = bench();
  for (let number = 1; number <= 5_000; number++) onRefusal(refused, origin);
  onRefusal(refused, { ...origin, handler: "other" });
  assert.equal(logger.lines.length, 11, "another handler's refusals are its own");
  await clock.advance(MINUTE);
  assert.deepEqual(logger.lines.slice(11), ["warn more kube calls refused"]);
  assert.deepEqual(logger.fields.at(-1), { handler: "pod-added", count: 4_990, audit: true });
  assert.deepEqual(clock.pending, []);
  onRefusal(refused, origin);
  assert.equal(logger.lines.length, 13);
});

test("what was only counted is told when the runtime stops", () => {
  const { clock, logger, audit, onRefusal } = bench();
  for (let number = 1; number <= 12; number++) onRefusal(refused, origin);
  audit.close();
  audit.close();
  assert.deepEqual(logger.fields.at(-1), { handler: "pod-added", count: 2, audit: true });
  assert.deepEqual(clock.pending, []);
});
