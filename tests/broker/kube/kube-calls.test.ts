import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { broker } from "../../support/brokered-handler.ts";
import { call, EVERYTHING, POD } from "../../support/kube-calls.ts";

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
    ["evict names the pod", "evict", ["po", { name: "a" }], { method: "evict", namespace: "prod", name: "a" }],
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

test("list with a limit of 0 answers none, and asks nobody", async () => {
  const handler = broker(EVERYTHING);
  assert.deepEqual(await call(handler, "list", "pods", { limit: 0 }), []);
  assert.deepEqual(handler.objects.sent, []);
});

test("an object with an empty name is created under one that the API server makes", async () => {
  const handler = broker(EVERYTHING);
  await call(handler, "create", { ...POD, metadata: { name: "", generateName: "web-" } });
  assert.equal(handler.objects.sent.length, 1);
});

for (const name of ["system:node", "Web", "-web", "a..b", `a${".b".repeat(127)}`]) {
  test(`event about ${JSON.stringify(name)}, which can begin no name of an Event, has a name of its own`, async () => {
    const handler = broker(EVERYTHING);
    const subject = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name } };
    await call(handler, "event", subject, { type: "Normal", reason: "Seen", message: "seen" });
    const object = handler.objects.sent[0]?.["object"] as {
      readonly metadata: unknown;
      readonly involvedObject: object;
    };
    assert.deepEqual(object.metadata, { generateName: "event.", namespace: "default" });
    assert.equal("name" in object.involvedObject && object.involvedObject.name, name);
  });
}

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
    ["evict", ["pods", { name: "a" }], `create pods/eviction "a" in namespace "prod"`, "create pods/eviction"],
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
