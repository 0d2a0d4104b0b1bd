import assert from "node:assert/strict";
import { test } from "node:test";
import { createCapabilities } from "#broker/capabilities.ts";
import type { KubeWrite, WriteOrigin } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { fakeCatalog } from "../support/api-resources.ts";
import { cacheOf, EVENT, FakeObjectClient } from "../support/brokered-handler.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { EVERYTHING, POD, UNABORTED } from "../support/kube-calls.ts";

interface Told {
  readonly write: KubeWrite;
  readonly origin: WriteOrigin;
}

function bench(): {
  objects: FakeObjectClient;
  told: Told[];
  call: (method: string, ...args: unknown[]) => Promise<string>;
} {
  const resolution = resolveOptions("pods", EVERYTHING);
  assert.ok(resolution.type === "ok");
  const told: Told[] = [];
  const objects = new FakeObjectClient();
  const deps = {
    objects,
    catalog: fakeCatalog(),
    clock: new FakeClock(),
    logSink: () => {},
    signal: UNABORTED,
    onWrite: (write: KubeWrite, origin: WriteOrigin) => void told.push({ write, origin }),
  };
  const handler = { id: "pod-added", options: resolution.options, cache: cacheOf([]), listers: {} };
  const capabilities = createCapabilities(deps, handler);
  return { objects, told, call: (method, ...args) => capabilities.call(`kube.${method}`, args, EVENT, UNABORTED) };
}

test("each write is told with what was sent, and for which event", async () => {
  const { told, call } = bench();
  await call("create", POD);
  await call("patch", "pods", { name: "a", namespace: "dev" }, { a: 1 });
  await call("scale", "deployments.apps", { name: "a" }, 3);
  await call("delete", "pods", { name: "a" });
  assert.deepEqual(
    told.map(({ write: { action, verb, body } }) => ({ action, verb, body })),
    [
      { action: 'create pods "new" in namespace "prod"', verb: "create", body: POD },
      { action: 'patch pods "a" in namespace "dev"', verb: "patch", body: { a: 1 } },
      {
        action: 'patch deployments.apps/scale "a" in namespace "prod"',
        verb: "patch",
        body: { spec: { replicas: 3 } },
      },
      { action: 'delete pods "a" in namespace "prod"', verb: "delete", body: undefined },
    ],
  );
  assert.deepEqual(told[0]?.origin, { handler: "pod-added", event: EVENT });
});

test("reads are no writes, and what the server refuses is none either", async () => {
  const { objects, told, call } = bench();
  await call("get", "pods", { name: "a" });
  objects.answer = { type: "unreachable", code: "ECONNREFUSED", message: "no" };
  await assert.rejects(call("delete", "pods", { name: "a" }), /unreachable/);
  assert.deepEqual(told, []);
});
