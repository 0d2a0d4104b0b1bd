import assert from "node:assert/strict";
import { test } from "node:test";
import { createCapabilities } from "#broker/capabilities.ts";
import type { KubeWrite, RefusedCall, WriteOrigin } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { fakeCatalog } from "../../support/api-resources.ts";
import { cacheOf, EVENT, FakeObjectClient } from "../../support/brokered-handler.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { quietBroker } from "../../support/quiet-broker.ts";
import { EVERYTHING, POD, UNABORTED } from "../../support/kube-calls.ts";

interface Told {
  readonly write: KubeWrite;
  readonly origin: WriteOrigin;
}

function bench(): {
  objects: FakeObjectClient;
  told: Told[];
  refused: { readonly call: RefusedCall; readonly origin: WriteOrigin }[];
  call: (method: string, ...args: unknown[]) => Promise<string>;
} {
  const resolution = resolveOptions("pods", EVERYTHING);
  assert.ok(resolution.type === "ok");
  const told: Told[] = [];
  const refused: ReturnType<typeof bench>["refused"] = [];
  const objects = new FakeObjectClient();
  const deps = {
    objects,
    catalog: fakeCatalog(),
    clock: new FakeClock(),
    ...quietBroker(),
    signal: UNABORTED,
    onWrite: (write: KubeWrite, origin: WriteOrigin) => void told.push({ write, origin }),
    onRefusal: (call: RefusedCall, origin: WriteOrigin) => void refused.push({ call, origin }),
  };
  const handler = { id: "pod-added", options: resolution.options, cache: cacheOf([]), listers: {} };
  const capabilities = createCapabilities(deps, handler);
  return {
    objects,
    told,
    refused,
    call: (method, ...args) => capabilities.call(`kube.${method}`, args, EVENT, UNABORTED),
  };
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

test("each write is told with what the API server made of it", async () => {
  const { objects, told, call } = bench();
  await call("delete", "pods", { name: "a" });
  objects.answer = {
    type: "status",
    code: 403,
    reason: "Forbidden",
    message: "no",
    causes: [],
    retryAfterSeconds: undefined,
  };
  await assert.rejects(call("delete", "pods", { name: "a" }));
  objects.answer = { type: "unreachable", code: "ECONNREFUSED", message: "no" };
  await assert.rejects(call("delete", "pods", { name: "a" }), /unreachable/);
  objects.delete = () => Promise.reject(new Error("aborted"));
  await assert.rejects(call("delete", "pods", { name: "a" }), /aborted/);
  assert.deepEqual(
    told.map(({ write }) => write.result),
    ["ok", "Forbidden", "ECONNREFUSED", "Unanswered"],
  );
});

test("a created object is told with the name that the API server gave it", async () => {
  const { objects, told, call } = bench();
  objects.answer = { type: "object", object: { metadata: { name: "web-x7k2p" } } };
  await call("create", { ...POD, metadata: { generateName: "web-" } });
  assert.equal(told[0]?.write.target.name, "web-x7k2p");
});

test("reads are no writes, and neither is what was not sent", async () => {
  const { told, call } = bench();
  await call("get", "pods", { name: "a" });
  await assert.rejects(call("delete", "nodes", { name: "a" }), /allow\.kube/);
  await assert.rejects(call("delete", "pods", { name: ".." }));
  assert.deepEqual(told, []);
});

test("a call that the handler may not make is told as what it was refused for", async () => {
  const { refused, call } = bench();
  await assert.rejects(call("patchStatus", "nodes", { name: "a" }, {}), /allow\.kube/);
  await assert.rejects(call("list", "deployments.apps", {}), /allow\.kube/);
  assert.deepEqual(
    refused.map(({ call: { verb, resource, subresource, namespace, name } }) => ({
      verb,
      resource: resource.plural,
      subresource,
      namespace,
      name,
    })),
    [
      { verb: "patch", resource: "nodes", subresource: "status", namespace: "", name: "a" },
      { verb: "list", resource: "deployments", subresource: undefined, namespace: "prod", name: "" },
    ],
  );
  assert.match(refused[0]?.call.reason ?? "", /^Cannot patch nodes\/status "a": .*Add "patch nodes\/status"/);
  assert.deepEqual(refused[0]?.origin, { handler: "pod-added", event: EVENT });
});
