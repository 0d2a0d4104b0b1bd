import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureKind } from "#informer/reflector/reflector-failure.ts";
import type { InformerEvent } from "#informer/informer-event.ts";
import { createClusterLog } from "#assembly/log/cluster-log.ts";
import { Reachability } from "#assembly/reachability.ts";
import { RecordingLogger } from "../support/recording-logger.ts";

function bench() {
  const logger = new RecordingLogger();
  const log = createClusterLog(logger, new Reachability(logger, "https://api.test"));
  return {
    logger,
    say: (event: InformerEvent, resource = "pods", namespace = "") => log(event, { resource, namespace }),
  };
}

function failed(kind: FailureKind): InformerEvent {
  return { type: "failed", failure: { during: "list", kind, message: "no" }, retryInMs: 800.4 };
}

const recovered: InformerEvent = { type: "recovered", outageMs: 1 };

test("an outage is logged once when it begins and once when the last informer is through it", () => {
  const { logger, say } = bench();
  for (let i = 0; i < 3; i++) {
    say(failed("refused"), "pods");
    say(failed("unreachable"), "services");
  }
  assert.deepEqual(logger.lines, ["warn API server unreachable"]);
  assert.deepEqual(logger.fields, [{ server: "https://api.test", reason: "no" }]);
  say(recovered, "pods");
  assert.equal(logger.lines.length, 1);
  say(recovered, "services");
  assert.deepEqual(logger.lines.slice(1), ["info API server reachable"]);
});

test("an answer that refuses ends an outage, and is logged with what was refused", () => {
  const { logger, say } = bench();
  say(failed("refused"), "pods", "web");
  say(failed("forbidden"), "pods", "web");
  assert.deepEqual(logger.lines.slice(1), ["info API server reachable", "warn informer failed"]);
  assert.deepEqual(logger.fields[2], {
    resource: "pods",
    namespace: "web",
    during: "list",
    kind: "forbidden",
    reason: "no",
    retryInMs: 800,
  });
});

test("an informer that stops during an outage does not hold up its end", () => {
  const { logger, say } = bench();
  say(failed("refused"), "pods");
  say(failed("refused"), "services");
  say({ type: "stateChanged", state: { type: "stopped", since: 0, lastFailure: undefined } }, "pods");
  say(recovered, "services");
  assert.deepEqual(logger.lines, ["warn API server unreachable", "info API server reachable"]);
});

test("a recovery from something else than an outage is no news of the API server", () => {
  const { logger, say } = bench();
  say(failed("forbidden"));
  say(recovered);
  assert.deepEqual(logger.lines, ["warn informer failed"]);
});

test("a watch-list that the server refuses is no warning: the list is tried at once", () => {
  const { logger, say } = bench();
  const failure = { during: "watch-list", kind: "rejected", message: "no such parameter" } as const;
  say({ type: "failed", failure, retryInMs: 0 });
  assert.deepEqual(logger.lines, ["debug informer failed"]);
});

test("a skipped frame and a subscriber that throws are logged with the resource", () => {
  const { logger, say } = bench();
  say({ type: "frameSkipped", reason: "odd" });
  say({ type: "handlerFailed", error: new Error("boom") });
  assert.deepEqual(logger.lines, ["warn watch frame skipped", "error subscriber failed"]);
  assert.deepEqual(logger.fields, [
    { resource: "pods", reason: "odd" },
    { resource: "pods", error: "Error: boom" },
  ]);
});
