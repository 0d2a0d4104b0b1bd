/** Writes that mean one object in their arguments and another in their body, and rights that go away, before real servers. */
import assert from "node:assert/strict";
import { after, before, beforeEach, suite, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { handlersSealed } from "#assembly/handlers/handlers-seal.ts";
import { textOf } from "#kernel/json-value.ts";
import { isApiError } from "#handler-api/errors.ts";
import { type HandlerKube, kubeOfHandler } from "../support/kube-of-handler.ts";
import { configMap, pod } from "../support/test-cluster/objects.ts";
import { onEachServer } from "../support/test-cluster/on-each-server.ts";
import type { TestCluster } from "../support/test-cluster/test-cluster.ts";

const RULES = [
  "get,list,create,patch,delete configmaps in default",
  "get,list,create,patch,delete pods in default",
  "patch pods/status in default",
  "patch configmaps/status in default",
  "create pods/eviction in default",
  "patch deployments.apps/scale in default",
  "create events in default",
];
const MINE = { name: "mine" };
const APPLIED = { apiVersion: "v1", kind: "ConfigMap", metadata: MINE };
const data = { stolen: "yes" };
const mergeKey = { "<<": { metadata: { name: "victim", namespace: "foreign" }, kind: "Secret" } };

/** What must not change, whatever the answer is. */
const VICTIMS = [
  configMap("victim", { data: { a: "1" } }),
  configMap("victim", { namespace: "foreign", data: { a: "1" } }),
  configMap("mine", { namespace: "foreign", data: { a: "1" } }),
];

const BODIES: readonly (readonly [string, string, readonly unknown[]])[] = [
  ["a merge patch with another name", "patch", ["cm", MINE, { metadata: { name: "victim" }, data }]],
  ["a merge patch with another namespace", "patch", ["cm", MINE, { metadata: { namespace: "foreign" }, data }]],
  ["a merge patch with another uid", "patch", ["cm", MINE, { metadata: { uid: "victim" }, data }]],
  ["a merge patch with another kind", "patch", ["cm", MINE, { kind: "Secret", data }]],
  ["a merge patch with another apiVersion", "patch", ["cm", MINE, { apiVersion: "apps/v1", data }]],
  ["a merge patch that owns a foreign object", "patch", ["cm", MINE, { metadata: { selfLink: "/api/v1/secrets/x" } }]],
  [
    "a strategic patch with another name",
    "patch",
    ["cm", MINE, { metadata: { name: "victim", namespace: "foreign" }, data }, { type: "strategic" }],
  ],
  [
    "a strategic patch that replaces everything",
    "patch",
    ["cm", MINE, { $patch: "replace", metadata: { name: "victim" }, data }, { type: "strategic" }],
  ],
  ...[
    { op: "replace", path: "/metadata/name", value: "victim" },
    { op: "replace", path: "/metadata/namespace", value: "foreign" },
    { op: "replace", path: "/metadata/uid", value: "victim" },
    { op: "replace", path: "/kind", value: "Secret" },
    { op: "replace", path: "", value: { ...APPLIED, metadata: { name: "victim", namespace: "foreign" }, data } },
    { op: "copy", from: "/metadata/name", path: "/metadata/namespace" },
    { op: "add", path: "/../victim/data/stolen", value: "yes" },
  ].map((op) => [`a JSON patch: ${JSON.stringify(op)}`, "patch", ["cm", MINE, [op], { type: "json" }]] as const),
  ["an apply with a merge key of YAML", "apply", [{ ...APPLIED, ...mergeKey, data }]],
  ["an apply with another uid", "apply", [{ ...APPLIED, metadata: { ...MINE, uid: "victim" }, data }]],
  ["an apply that other managers own", "apply", [{ ...APPLIED, metadata: { ...MINE, managedFields: [] }, data }]],
  ["a create whose generateName climbs", "create", [{ ...APPLIED, metadata: { generateName: "../victim" }, data }]],
  ["a create whose name climbs", "create", [{ ...APPLIED, metadata: { name: "../foreign/victim" }, data }]],
  ["a status patch that reaches for the spec", "patchStatus", ["cm", MINE, { data, metadata: { name: "victim" } }]],
];

const FOREIGN: readonly (readonly [string, readonly unknown[]])[] = [
  ["get", ["cm", { name: "victim", namespace: "foreign" }]],
  ["list", ["cm", { namespace: "foreign" }]],
  ["list", ["cm", { namespace: "" }]],
  ["create", [configMap("new", { namespace: "foreign" })]],
  ["apply", [configMap("victim", { namespace: "foreign", data })]],
  ["patch", ["cm", { name: "victim", namespace: "foreign" }, { data }]],
  ["patchStatus", ["po", { name: "victim", namespace: "foreign" }, { data }]],
  ["scale", ["deploy", { name: "victim", namespace: "foreign" }, 0]],
  ["delete", ["cm", { name: "victim", namespace: "foreign" }]],
  ["evict", ["po", { name: "victim", namespace: "foreign" }]],
  ["event", [pod("victim", { namespace: "foreign" }), { type: "Normal", reason: "R", message: "m" }]],
  ["get", ["secrets", { name: "victim" }]],
  ["create", [{ apiVersion: "v1", kind: "Secret", metadata: { name: "new" } }]],
];

const SOURCE = { name: "handlers" };
const LABELS = { "informd.io/handlers": "true" };
const LABELLED = { ...APPLIED, metadata: { ...MINE, labels: LABELS } };

/** Of what the runtime takes its handlers from. */
const SOURCE_WRITES: readonly (readonly [string, readonly unknown[]])[] = [
  ["create", [configMap("handlers", { data })]],
  ["create", [{ ...APPLIED, metadata: { ...SOURCE, namespace: "default", generateName: "mine-" }, data }]],
  ["create", [{ ...APPLIED, metadata: { generateName: "handlers" }, data }]],
  ["apply", [{ ...APPLIED, metadata: SOURCE, data }]],
  ["apply", [{ ...APPLIED, metadata: { ...SOURCE, namespace: "default" }, data }]],
  ["patch", ["cm", SOURCE, { data }]],
  ["patch", ["configmaps", { ...SOURCE, namespace: "default" }, { metadata: { name: "mine" }, data }]],
  ["patch", ["ConfigMap.v1.", SOURCE, { data }, { type: "strategic" }]],
  ["patch", ["cm", SOURCE, [{ op: "add", path: "/data/stolen", value: "yes" }], { type: "json" }]],
  ["patchStatus", ["cm", SOURCE, { data }]],
  ["delete", ["cm", SOURCE]],
];

/** Of what becomes one by its label. */
const LABEL_WRITES: readonly (readonly [string, readonly unknown[]])[] = [
  ...SOURCE_WRITES,
  ["create", [configMap("new", { labels: LABELS, data })]],
  ["create", [{ ...LABELLED, metadata: { generateName: "new-", labels: LABELS }, data }]],
  ["apply", [LABELLED]],
  ["patch", ["cm", MINE, { metadata: { labels: LABELS } }]],
  ["patch", ["cm", MINE, { metadata: { labels: LABELS } }, { type: "strategic" }]],
  ...[
    { op: "add", path: "/metadata/labels", value: LABELS },
    { op: "add", path: "/metadata/labels/informd.io~1handlers", value: "true" },
    { op: "copy", from: "/metadata/annotations", path: "/metadata/labels" },
    { op: "replace", path: "", value: LABELLED },
  ].map((op) => ["patch", ["cm", MINE, [op], { type: "json" }]] as const),
];

onEachServer("a handler that reaches for what is not its own", ({ open, onlyReal }) => {
  let cluster: TestCluster;
  let kube: HandlerKube;

  before(async () => {
    cluster = await open();
    await cluster.createNamespace("foreign");
    await cluster.apply(...VICTIMS);
    kube = kubeOfHandler(cluster.kubeconfigPath, { allow: { kube: RULES } });
  });
  beforeEach(() => cluster.apply(configMap("mine", { data: { a: "1" } })));
  after(async () => kube?.[Symbol.asyncDispose]());

  const victims = () => Promise.all(VICTIMS.map((victim) => cluster.get(victim)));

  for (const [title, method, args] of BODIES) {
    test(`by ${title} changes no other object`, async () => {
      const before = await victims();
      await kube.call(method, ...args).catch((error: unknown) => assert.ok(isRefusal(error), String(error)));
      assert.deepEqual(await victims(), before);
      const secrets = await cluster.read<{ readonly items: readonly unknown[] }>("/api/v1/namespaces/default/secrets");
      assert.deepEqual(secrets.items, []);
      const { metadata } = (await cluster.get(configMap("mine"))) ?? assert.fail("its own is gone");
      assert.deepEqual([metadata.name, metadata.namespace], ["mine", "default"]);
    });
  }

  for (const [method, args] of FOREIGN) {
    test(`by kube.${method} of ${JSON.stringify(args[1] ?? args[0])} is refused`, async () => {
      const before = await victims();
      await assert.rejects(kube.call(method, ...args), { code: "NOT_ALLOWED" });
      assert.deepEqual(await victims(), before);
    });
  }

  for (const [title, seal, writes] of [
    [
      "by a write to the ConfigMap that holds the runtime's handlers is refused",
      { type: "named", maps: ["handlers"] },
      SOURCE_WRITES,
    ],
    [
      "by a write to any ConfigMap is refused, where a label makes it hold handlers",
      { type: "labelled" },
      LABEL_WRITES,
    ],
    [
      "by a write to any ConfigMap is refused, where it is not known which one is mounted",
      { type: "mounted" },
      LABEL_WRITES,
    ],
  ] as const) {
    test(title, async () => {
      await cluster.apply(configMap("handlers", { data: { "one.ts": "export default 1" } }));
      const source = await cluster.get(configMap("handlers"));
      const mine = await cluster.get(configMap("mine"));
      const sealed = handlersSealed(seal, "default");
      await using sealedOff = kubeOfHandler(cluster.kubeconfigPath, { allow: { kube: RULES } }, { sealed });
      for (const [method, args] of writes) {
        const refused = { name: "NotAllowedError", message: /which no handler may write/ };
        await assert.rejects(sealedOff.call(method, ...args), refused, JSON.stringify([method, args]));
      }
      assert.deepEqual(await cluster.get(configMap("handlers")), source);
      assert.deepEqual(await cluster.get(configMap("mine")), mine);
      assert.equal(await cluster.get(configMap("new")), undefined);
      await sealedOff.call("get", "cm", SOURCE);
    });
  }

  for (const resource of [
    "pods/exec",
    "pods%2Fexec",
    "configmaps/../secrets",
    "secrets?",
    "configmaps#",
    "..",
    "__proto__",
  ]) {
    test(`by the resource "${resource}" is told that there is none`, async () => {
      await assert.rejects(kube.call("get", resource, MINE), { code: "BAD_CALL" });
    });
  }

  for (const name of ["victim?", "victim#x", "mine;a=b", "__proto__", "constructor"]) {
    test(`by the name "${name}" is told that there is no such object`, async () => {
      await assert.rejects(kube.call("get", "cm", { name }), { code: 404, reason: "NotFound" });
    });
  }

  suite("with a right that the runtime does not have", { skip: onlyReal("RBAC") }, () => {
    const OWN: readonly (readonly [string, readonly unknown[]])[] = [
      ["get", ["cm", MINE]],
      ["list", ["cm"]],
      ["create", [configMap("new")]],
      ["apply", [{ ...APPLIED, data }]],
      ["patch", ["cm", MINE, { data }]],
      ["patchStatus", ["po", MINE, { status: {} }]],
      ["scale", ["deploy", MINE, 0]],
      ["delete", ["cm", MINE]],
      ["evict", ["po", MINE]],
      ["event", [pod("mine"), { type: "Normal", reason: "R", message: "m" }]],
    ];

    test("each call is refused by the API server, though allow.kube names it", async () => {
      await using stranger = kubeOfHandler(cluster.addUser().kubeconfigPath, { allow: { kube: RULES } });
      for (const [method, args] of OWN) {
        await assert.rejects(
          stranger.call(method, ...args),
          { name: "ApiError", code: 403, reason: "Forbidden" },
          method,
        );
      }
      assert.deepEqual((await cluster.get(configMap("mine")))?.["data"], { a: "1" });
    });

    test("a right that is revoked while the handler runs is gone with its next call", async () => {
      const user = cluster.addUser();
      const metadata = { name: user.name, namespace: "default" };
      const rbac = { apiVersion: "rbac.authorization.k8s.io/v1", metadata };
      const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "create", "patch", "delete"] }];
      const subjects = [{ kind: "User", name: user.name, apiGroup: "rbac.authorization.k8s.io" }];
      const roleRef = { kind: "Role", name: user.name, apiGroup: "rbac.authorization.k8s.io" };
      const binding = { ...rbac, kind: "RoleBinding", subjects, roleRef };
      await cluster.create({ ...rbac, kind: "Role", rules }, binding);
      await using granted = kubeOfHandler(user.kubeconfigPath, { allow: { kube: RULES } });
      const get = (): Promise<unknown> => granted.call("get", "cm", MINE).catch((error: unknown) => error);
      while (isApiError(await get())) await delay(50);
      await granted.call("patch", "cm", MINE, { data: { b: "2" } });

      await cluster.delete(binding);
      while (!isApiError(await get())) await delay(50);
      for (const [method, args] of OWN) {
        await assert.rejects(granted.call(method, ...args), { code: 403, reason: "Forbidden" }, method);
      }
      assert.deepEqual((await cluster.get(configMap("mine")))?.["data"], { a: "1", b: "2" });
    });
  });
});

/** By the API server, or by the host because it is no request at all. */
function isRefusal(error: unknown): boolean {
  return isApiError(error) || textOf(error, "code") === "BAD_CALL";
}
