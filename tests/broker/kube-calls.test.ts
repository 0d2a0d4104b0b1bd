import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { broker, type Broker, EVENT } from "../support/brokered-handler.ts";

const UNABORTED = new AbortController().signal;
const EVERYTHING = {
  allow: {
    kube: [
      "get,list,create,patch,delete pods",
      "get,list nodes",
      "patch pods/status",
      "patch deployments.apps/scale",
      "create events",
    ],
  },
};

async function call({ capabilities }: Broker, method: string, ...args: readonly unknown[]): Promise<unknown> {
  return JSON.parse(await capabilities.call(`kube.${method}`, args, EVENT, UNABORTED));
}

const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "new" } };

suite("kube", () => {
  const SENT: readonly (readonly [string, string, readonly unknown[], object])[] = [
    [
      "get asks in the event's namespace",
      "get",
      ["po", { name: "a" }],
      { method: "get", namespace: "prod", name: "a" },
    ],
    [
      "get asks in another",
      "get",
      ["pods", { name: "a", namespace: "dev" }],
      { method: "get", namespace: "dev", name: "a" },
    ],
    [
      "get of a cluster-scoped object has no namespace",
      "get",
      ["nodes", { name: "n1", namespace: "dev" }],
      { method: "get", resource: "nodes", namespace: "", name: "n1" },
    ],
    [
      "list passes on selector and limit",
      "list",
      ["pods", { labelSelector: "app=web", limit: 5 }],
      { method: "list", namespace: "prod", labelSelector: "app=web", limit: 5 },
    ],
    ["list of all namespaces has none", "list", ["pods", { namespace: "" }], { method: "list", namespace: "" }],
    ["create sends the object", "create", [POD], { method: "create", namespace: "prod", object: POD }],
    [
      "create takes the object's namespace",
      "create",
      [{ ...POD, metadata: { generateName: "a-", namespace: "dev" } }],
      { method: "create", namespace: "dev", object: { ...POD, metadata: { generateName: "a-", namespace: "dev" } } },
    ],
    [
      "apply sends the object as server-side apply",
      "apply",
      [POD],
      { method: "patch", namespace: "prod", name: "new", patch: POD, type: "apply" },
    ],
    [
      "patch is a merge patch",
      "patch",
      ["pods", { name: "a" }, { metadata: { labels: { x: "y" } } }],
      { method: "patch", namespace: "prod", name: "a", patch: { metadata: { labels: { x: "y" } } }, type: "merge" },
    ],
    [
      "patch takes another type",
      "patch",
      ["pods", { name: "a" }, [{ op: "test" }], { type: "json" }],
      { method: "patch", namespace: "prod", name: "a", patch: [{ op: "test" }], type: "json" },
    ],
    [
      "patchStatus writes the status",
      "patchStatus",
      ["pods", { name: "a" }, { status: {} }],
      { method: "patch", namespace: "prod", name: "a", subresource: "status", patch: { status: {} }, type: "merge" },
    ],
    [
      "scale writes the replicas",
      "scale",
      ["deploy", { name: "a" }, 3],
      {
        method: "patch",
        resource: "deployments",
        namespace: "prod",
        name: "a",
        subresource: "scale",
        patch: { spec: { replicas: 3 } },
        type: "merge",
      },
    ],
    ["delete names the object", "delete", ["pods", { name: "a" }], { method: "delete", namespace: "prod", name: "a" }],
  ];

  for (const [title, method, args, request] of SENT) {
    test(title, async () => {
      const handler = broker(EVERYTHING);
      await call(handler, method, ...args);
      assert.deepEqual(handler.objects.sent, [{ resource: "pods", ...request }]);
    });
  }

  test("get answers with the object", async () => {
    const handler = broker(EVERYTHING);
    handler.objects.answer = { type: "object", object: POD };
    assert.deepEqual(await call(handler, "get", "pods", { name: "new" }), POD);
  });

  test("list answers with the items, each with its apiVersion and kind", async () => {
    const handler = broker(EVERYTHING);
    handler.objects.answer = { type: "object", object: { kind: "PodList", items: [{ metadata: { name: "a" } }] } };
    assert.deepEqual(await call(handler, "list", "pods"), [{ apiVersion: "v1", kind: "Pod", metadata: { name: "a" } }]);
  });

  test("delete answers nothing", async () => {
    assert.equal(await call(broker(EVERYTHING), "delete", "pods", { name: "a" }), null);
  });

  test("event writes a core/v1 Event about the object", async () => {
    const handler = broker(EVERYTHING);
    const subject = { ...POD, metadata: { name: "web", namespace: "prod", uid: "u1", resourceVersion: "7" } };
    await call(handler, "event", subject, { type: "Warning", reason: "TooMany", message: "three are enough" });
    assert.deepEqual(handler.objects.sent, [
      {
        method: "create",
        resource: "events",
        namespace: "prod",
        object: {
          apiVersion: "v1",
          kind: "Event",
          metadata: { generateName: "web.", namespace: "prod" },
          involvedObject: {
            apiVersion: "v1",
            kind: "Pod",
            name: "web",
            namespace: "prod",
            uid: "u1",
            resourceVersion: "7",
          },
          type: "Warning",
          reason: "TooMany",
          message: "three are enough",
          source: { component: "informd" },
          reportingComponent: "informd",
          reportingInstance: "pod-added",
          firstTimestamp: "2026-01-01T00:00:00Z",
          lastTimestamp: "2026-01-01T00:00:00Z",
          count: 1,
        },
      },
    ]);
  });

  test("event about a cluster-scoped object goes to the namespace default", async () => {
    const handler = broker(EVERYTHING);
    const node = { apiVersion: "v1", kind: "Node", metadata: { name: "n1" } };
    await call(handler, "event", node, { type: "Normal", reason: "Seen", message: "seen" });
    assert.equal(handler.objects.sent[0]?.["namespace"], "default");
  });
});

suite("allow.kube", () => {
  const DENIED: readonly (readonly [string, readonly unknown[], string, string])[] = [
    ["get", ["pods", { name: "a" }], `get pods "a" in namespace "prod"`, "get pods"],
    ["list", ["nodes"], `list nodes`, "list nodes"],
    ["create", [POD], `create pods "new" in namespace "prod"`, "create pods"],
    ["apply", [POD], `create pods "new" in namespace "prod"`, "create pods"],
    [
      "patch",
      ["deploy", { name: "a" }, {}],
      `patch deployments.apps "a" in namespace "prod"`,
      "patch deployments.apps",
    ],
    ["patchStatus", ["pods", { name: "a" }, {}], `patch pods/status "a" in namespace "prod"`, "patch pods/status"],
    [
      "scale",
      ["deploy", { name: "a" }, 1],
      `patch deployments.apps/scale "a" in namespace "prod"`,
      "patch deployments.apps/scale",
    ],
    ["delete", ["pods", { name: "a", namespace: "dev" }], `delete pods "a" in namespace "dev"`, "delete pods in dev"],
    [
      "event",
      [
        { ...POD, metadata: { name: "a", namespace: "prod" } },
        { type: "Normal", reason: "R", message: "m" },
      ],
      `create events in namespace "prod"`,
      "create events",
    ],
  ];

  for (const [method, args, action, entry] of DENIED) {
    test(`kube.${method} without an entry is refused before anything is sent, and prints the entry to add`, async () => {
      const handler = broker({ namespaces: ["prod"] });
      await assert.rejects(call(handler, method, ...args), {
        name: "NotAllowedError",
        code: "NOT_ALLOWED",
        message: `Cannot ${action}: the handler's allow.kube does not name it. Add "${entry}" to allow.kube`,
      });
      assert.deepEqual(handler.objects.sent, []);
    });
  }

  for (const [granted, missing] of [
    ["create", "patch"],
    ["patch", "create"],
  ]) {
    test(`kube.apply with ${granted} alone is refused, since it may do both`, async () => {
      const handler = broker({ allow: { kube: [`${granted} pods`] } });
      await assert.rejects(call(handler, "apply", POD), { message: new RegExp(`Add "${missing} pods" to allow.kube`) });
      assert.deepEqual(handler.objects.sent, []);
    });
  }

  test("an entry under another name of the resource allows the call", async () => {
    const handler = broker({ allow: { kube: ["get po"] } });
    await call(handler, "get", "pods", { name: "a" });
    assert.equal(handler.objects.sent.length, 1);
  });

  test("an entry about a resource that the cluster lacks is no error", async () => {
    const handler = broker({ allow: { kube: ["get widgets", "get pods"] } });
    await call(handler, "get", "pods", { name: "a" });
    assert.equal(handler.objects.sent.length, 1);
  });
});

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

suite("a call that the API server does not answer well", () => {
  const status = { type: "status", code: 404, reason: "NotFound", message: `pods "a" not found`, causes: [] } as const;

  test("rejects with the reason of the Status as code", async () => {
    const handler = broker(EVERYTHING);
    handler.objects.answer = { ...status, retryAfterSeconds: undefined };
    await assert.rejects(call(handler, "get", "pods", { name: "a" }), {
      name: "ApiError",
      code: "NotFound",
      message: `Cannot get pods "a" in namespace "prod": pods "a" not found`,
    });
  });

  test("rejects with the HTTP status if there is no reason", async () => {
    const handler = broker(EVERYTHING);
    handler.objects.answer = { ...status, code: 502, reason: "", message: "", retryAfterSeconds: undefined };
    await assert.rejects(call(handler, "get", "pods", { name: "a" }), {
      code: "HTTP_502",
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
    await assert.rejects(call(handler, "get", "pods", { name: "a" }), { code: "ECONNREFUSED" });
  });
});

for (const method of ["kube.evict", "kube.watch", "kube.constructor", "fetch", "state.get"]) {
  test(`a call of "${method}", which is not there yet, says so`, async () => {
    await assert.rejects(broker(EVERYTHING).capabilities.call(method, [], EVENT, UNABORTED), {
      code: "NOT_SUPPORTED",
      message: `Cannot call ${method}: this version of informd does not have it yet`,
    });
  });
}
