import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { isApiError } from "#handler-api/errors.ts";
import { broker, EVENT } from "../../support/brokered-handler.ts";
import { call, EVERYTHING, POD, UNABORTED } from "../../support/kube-calls.ts";

suite("a call that cannot be sent", () => {
  const REFUSED: readonly (readonly [string, string, readonly unknown[], string])[] = [
    ["no target", "get", ["pods"], `Cannot call kube.get: the target is missing; it must be an object`],
    ["no name", "get", ["pods", {}], `Cannot call kube.get: name is missing; it must be a text that is not empty`],
    ["a name that climbs", "get", ["pods", { name: ".." }], `Cannot use name "..": it is no name of an object`],
    [
      "a name with a path",
      "delete",
      ["pods", { name: "a/log" }],
      `Cannot use name "a/log": it is no name of an object`,
    ],
    [
      "a namespace that climbs",
      "get",
      ["pods", { name: "a", namespace: ".." }],
      `Cannot use namespace "..": it is no name of a namespace`,
    ],
    [
      "an Event in a namespace that climbs",
      "event",
      [
        { ...POD, metadata: { name: "a", namespace: "../x" } },
        { type: "Normal", reason: "R", message: "m" },
      ],
      `Cannot use namespace "../x": it is no name of a namespace`,
    ],
    [
      "an object in a namespace that climbs",
      "create",
      [{ ...POD, metadata: { name: "a", namespace: ".." } }],
      `Cannot use namespace "..": it is no name of a namespace`,
    ],
    [
      "an object with a name that climbs",
      "create",
      [{ ...POD, metadata: { name: "../x" } }],
      `Cannot use name "../x": it is no name of an object`,
    ],
    [
      "an unknown resource",
      "get",
      ["pds", { name: "a" }],
      `Cannot use resource "pds": the cluster has none of that name; write "pods"`,
    ],
    [
      "an unknown patch type",
      "patch",
      ["pods", { name: "a" }, {}, { type: "apply" }],
      `Cannot call kube.patch: type is "apply"; it must be one of "merge", "json", "strategic"`,
    ],
    [
      "a patch that is a text",
      "patch",
      ["pods", { name: "a" }, "x"],
      `Cannot call kube.patch: the patch is "x"; it must be an object`,
    ],
    [
      "an object without kind",
      "create",
      [{ apiVersion: "v1", metadata: {} }],
      `Cannot call kube.create: kind is missing; it must be a text that is not empty`,
    ],
    [
      "an eviction of what is no pod",
      "evict",
      ["deploy", { name: "a" }],
      `Cannot evict deployments.apps: only pods can be evicted`,
    ],
    [
      "half a pod",
      "scale",
      ["deploy", { name: "a" }, 0.5],
      `Cannot call kube.scale: the number of replicas is 0.5; it must be a whole number that is not negative`,
    ],
  ];

  for (const [what, method, args, message] of REFUSED) {
    test(`with ${what} says what is wrong`, async () => {
      const handler = broker(EVERYTHING);
      await assert.rejects(call(handler, method, ...args), { code: "BAD_CALL", message });
      assert.deepEqual(handler.objects.sent, []);
    });
  }

  test("for lack of a namespace says to add one", async () => {
    const { capabilities } = broker(EVERYTHING);
    const event = { id: "uid-n1/1/added", namespace: "", name: "n1" };
    await assert.rejects(capabilities.call("kube.get", ["pods", { name: "a" }], event, UNABORTED), {
      message: `Cannot get pods "a": it is in a namespace, and the event's object is not; add "namespace"`,
    });
  });
});

suite("a text of a megabyte", () => {
  const long = "p".repeat(2 ** 20);
  const at = { apiVersion: "v1", kind: "Pod" };
  for (const [what, method, args] of [
    ["the resource", "get", [long, { name: "a" }]],
    ["name", "get", ["pods", { name: long }]],
    ["namespace", "list", ["pods", { namespace: long }]],
    ["labelSelector", "list", ["pods", { labelSelector: long }]],
    ["apiVersion", "create", [{ ...at, apiVersion: long, metadata: {} }]],
    ["kind", "create", [{ ...at, kind: long, metadata: {} }]],
    [
      "message",
      "event",
      [
        { ...at, metadata: { name: "a" } },
        { type: "Normal", reason: "R", message: long },
      ],
    ],
  ] as const) {
    test(`as ${what} is refused with a short message, before anything is compared with it`, async () => {
      const handler = broker(EVERYTHING);
      await assert.rejects(call(handler, method, ...args), (error: Error) => {
        assert.match(error.message, /it must be a text of at most \d+ characters$/);
        assert.ok(error.message.length < 200);
        return true;
      });
      assert.deepEqual(handler.objects.sent, []);
    });
  }
});

suite("a call that the API server does not answer well", () => {
  const details = { name: "a", kind: "pods" };
  const message = `pods "a" not found`;
  const status = { type: "status", code: 404, reason: "NotFound", message, causes: [], details } as const;

  test("rejects with an ApiError that has code, reason and details of the Status", async () => {
    const handler = broker(EVERYTHING);
    handler.objects.answer = { ...status, retryAfterSeconds: undefined };
    const error = await call(handler, "get", "pods", { name: "a" }).catch((error: unknown) => error);
    assert.ok(isApiError(error));
    assert.deepEqual([error.code, error.reason, error.details], [404, "NotFound", details]);
    assert.equal(error.message, `Cannot get pods "a" in namespace "prod": pods "a" not found`);
  });

  test("rejects with the HTTP status if there is no reason", async () => {
    const handler = broker(EVERYTHING);
    handler.objects.answer = { ...status, code: 502, reason: "", message: "", retryAfterSeconds: undefined };
    await assert.rejects(call(handler, "get", "pods", { name: "a" }), {
      name: "ApiError",
      code: 502,
      reason: "",
      message: `Cannot get pods "a" in namespace "prod": the API server answered HTTP_502`,
    });
  });

  test("is given up when nobody waits for the answer any more", async () => {
    const { capabilities, objects } = broker(EVERYTHING);
    const deadline = new AbortController();
    objects.get = (_target, signal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const end = capabilities.call("kube.get", ["pods", { name: "a" }], EVENT, deadline.signal);
    setImmediate(() => deadline.abort(new Error("too late")));
    await assert.rejects(end, { message: "too late" });
  });

  test("rejects with the connection's code if there is no answer", async () => {
    const handler = broker(EVERYTHING);
    handler.objects.answer = { type: "unreachable", code: "ECONNREFUSED", message: "connect" };
    const error = await call(handler, "get", "pods", { name: "a" }).catch((error: unknown) => error);
    assert.ok(error instanceof Error && "code" in error);
    assert.deepEqual([error.name, error.code, isApiError(error)], ["NoAnswerError", "ECONNREFUSED", false]);
  });
});

for (const method of ["kube.watch", "kube.constructor"]) {
  test(`a call of "${method}", which is not there yet, says so`, async () => {
    await assert.rejects(broker(EVERYTHING).capabilities.call(method, [], EVENT, UNABORTED), {
      code: "NOT_SUPPORTED",
      message: `Cannot call ${method}: this version of informd does not have it yet`,
    });
  });
}
